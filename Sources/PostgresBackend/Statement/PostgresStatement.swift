internal import StorageKit

/// A statement ready to be sent: its text and the values of its parameters.
struct PostgresStatement: Sendable {
    let text: String
    let parameters: PostgresParameters

    /// What it is prepared by: the same text with other types is another statement to the server.
    struct Key: Hashable, Sendable {
        private let exactText: ExactText
        private let types: [UInt32]

        var text: String { exactText.text }

        init(text: String, types: [UInt32]) {
            (exactText, self.types) = (ExactText(text), types)
        }
    }

    var key: Key { Key(text: text, types: parameters.types) }

    init(text: String, parameters: PostgresParameters = PostgresParameters()) {
        self.text = text
        self.parameters = parameters
    }

    /// Writes a statement for PostgreSQL.
    init(_ sql: SQL) throws(StorageError) {
        try self.init(try sql.rendered(for: PostgresDialect()))
    }

    init(_ rendered: RenderedSQL) throws(StorageError) {
        var values: [SQLValue] = []
        values.reserveCapacity(rendered.parameters.count)
        for parameter in rendered.parameters {
            guard case .value(let value) = parameter else {
                throw StorageError(
                    code: .invalidArgument,
                    message: "the statement has a placeholder without a value; give it one",
                    statement: rendered.text)
            }
            values.append(value)
        }
        try Self.check(rendered)
        try self.init(text: rendered.text, values: values)
    }

    /// A statement whose text was looked at before.
    init(text: String, values: some Collection<SQLValue>) throws(StorageError) {
        self.text = text
        do throws(StorageError) {
            parameters = try PostgresParameters(values)
        } catch {
            throw error.changed { $0.statement = text }
        }
    }

    /// Throws for a statement that cannot be sent whatever its values are.
    static func check(_ rendered: RenderedSQL) throws(StorageError) {
        guard rendered.parameters.count <= maximumParameters else {
            throw StorageError(
                code: .limitExceeded,
                message: "a statement of PostgreSQL's has at most \(maximumParameters) "
                    + "parameters, this one \(rendered.parameters.count)",
                statement: rendered.text)
        }
        guard !rendered.text.utf8.contains(0) else {
            throw StorageError(
                code: .invalidStatement, message: "a statement cannot contain a NUL character")
        }
    }

    /// The protocol counts them with 16 bits.
    private static let maximumParameters = 65_535
}
