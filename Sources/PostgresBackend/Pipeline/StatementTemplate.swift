internal import StorageKit

/// A statement whose placeholders are given values many times: what its text says of it is looked
/// at once.
struct StatementTemplate: Sendable {
    private let text: String
    private let parameters: [RenderedSQL.Parameter]
    private let placeholders: Int

    init(_ rendered: RenderedSQL) throws(StorageError) {
        try PostgresStatement.check(rendered)
        text = rendered.text
        parameters = rendered.parameters
        placeholders = parameters.count { $0 == .placeholder }
    }

    /// The statement with values for its placeholders, in their order.
    func statement(_ values: ArraySlice<SQLValue>) throws(StorageError) -> PostgresStatement {
        guard values.count == placeholders else { throw .otherCount(placeholders, text) }
        guard values.count == parameters.count else {
            return try PostgresStatement(text: text, values: filled(values))
        }
        return try PostgresStatement(text: text, values: values)
    }

    /// The values between those that the statement was written with.
    private func filled(_ values: ArraySlice<SQLValue>) -> [SQLValue] {
        var next = values.makeIterator()
        return parameters.map { parameter in
            switch parameter {
            case .value(let value): value
            case .placeholder: next.next() ?? .null
            }
        }
    }
}

extension StorageError {
    fileprivate static func otherCount(_ count: Int, _ statement: String) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the statement has \(count) placeholders, and a row another number of values",
            statement: statement)
    }
}
