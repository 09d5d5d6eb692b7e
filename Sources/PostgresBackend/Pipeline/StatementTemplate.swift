internal import StorageKit

/// A statement whose placeholders are given values many times.
struct StatementTemplate: Sendable {
    private let rendered: RenderedSQL
    private let placeholders: Int

    init(_ rendered: RenderedSQL) {
        self.rendered = rendered
        placeholders = rendered.parameters.count { $0 == .placeholder }
    }

    /// The statement with values for its placeholders, in their order.
    func statement(_ values: [SQLValue]) throws(StorageError) -> PostgresStatement {
        guard values.count == placeholders else { throw .otherCount(placeholders, rendered.text) }
        var (filled, next) = (rendered, values.makeIterator())
        for index in filled.parameters.indices where filled.parameters[index] == .placeholder {
            if let value = next.next() { filled.parameters[index] = .value(value) }
        }
        return try PostgresStatement(filled)
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
