internal import StorageKit

/// A statement whose placeholders are given values many times.
struct StatementTemplate: Sendable {
    private let text: String
    private let parameters: [RenderedSQL.Parameter]

    init(_ rendered: RenderedSQL) throws(StorageError) {
        // What is refused for its text or for the number of its parameters is so at once.
        let nothing = rendered.parameters.map { _ in RenderedSQL.Parameter.value(.null) }
        text = try PostgresStatement(RenderedSQL(text: rendered.text, parameters: nothing)).text
        parameters = rendered.parameters
    }

    /// The statement with values for its placeholders, in their order.
    func statement<each Value: SQLBindable>(
        _ value: repeat each Value
    ) throws(StorageError) -> PostgresStatement {
        var filling = Filling(parameters)
        do throws(StorageError) {
            repeat try filling.append((each value).sqlValue)
            return PostgresStatement(text: text, parameters: try filling.finish())
        } catch {
            throw error.changed { $0.statement = text }
        }
    }

    /// Parameters on their way to be complete.
    private struct Filling {
        private let wanted: [RenderedSQL.Parameter]
        private var filled: PostgresParameters

        init(_ wanted: [RenderedSQL.Parameter]) {
            self.wanted = wanted
            filled = PostgresParameters(capacity: wanted.count)
        }

        /// The value of the next placeholder.
        mutating func append(_ value: SQLValue) throws(StorageError) {
            try appendValues()
            guard filled.count < wanted.count else { throw .otherCount(wanted) }
            try filled.append(value)
        }

        mutating func finish() throws(StorageError) -> PostgresParameters {
            try appendValues()
            guard filled.count == wanted.count else { throw .otherCount(wanted) }
            return filled
        }

        /// Those in front of the next placeholder that have their values.
        private mutating func appendValues() throws(StorageError) {
            while filled.count < wanted.count, case .value(let value) = wanted[filled.count] {
                try filled.append(value)
            }
        }
    }
}

extension StorageError {
    fileprivate static func otherCount(_ wanted: [RenderedSQL.Parameter]) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the statement has \(wanted.count { $0 == .placeholder }) placeholders, and a "
                + "row another number of values")
    }
}
