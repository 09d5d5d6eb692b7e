internal import StorageKit

/// A statement whose placeholders are given values many times.
struct StatementTemplate: Sendable {
    private let text: String
    private let parameters: [RenderedSQL.Parameter]
    private let placeholders: Int

    init(_ rendered: RenderedSQL) throws(StorageError) {
        // What is refused for its text or for the number of its parameters is so at once.
        let nothing = rendered.parameters.map { _ in RenderedSQL.Parameter.value(.null) }
        text = try PostgresStatement(RenderedSQL(text: rendered.text, parameters: nothing)).text
        parameters = rendered.parameters
        placeholders = parameters.count { $0 == .placeholder }
    }

    /// The statement with values for its placeholders, in their order.
    func statement(_ values: [SQLValue]) throws(StorageError) -> PostgresStatement {
        guard values.count == placeholders else { throw .otherCount(placeholders, text) }
        do throws(StorageError) {
            return PostgresStatement(text: text, parameters: try PostgresParameters(fill(values)))
        } catch {
            throw error.changed { $0.statement = text }
        }
    }

    private func fill(_ values: [SQLValue]) -> [SQLValue] {
        guard placeholders < parameters.count else { return values }
        var next = values.makeIterator()
        return parameters.map { parameter in
            if case .value(let value) = parameter { value } else { next.next() ?? .null }
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
