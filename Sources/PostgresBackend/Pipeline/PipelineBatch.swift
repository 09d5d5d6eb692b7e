internal import StorageKit

/// The statements of a pipeline, ready to be sent.
struct PipelineBatch: Sendable {
    private(set) var steps: [PostgresExchange.Step] = []
    private var hasLimit = false
    private var writes = false
    /// Whether too many rows of one of them may have to undo what they have changed.
    var mayBeUndone: Bool { hasLimit && writes }

    /// Formatting and taking apart is done under the lock of the connection, for which the event
    /// thread waits: this many are some milliseconds.
    private static let maximumStatements = 4096

    init() {}

    mutating func append(
        _ statement: PostgresStatement, _ demand: RowDemand
    ) throws(StorageError) {
        guard steps.count < Self.maximumStatements else { throw .pipelineTooLong }
        guard !StatementText.controlsTransactions(statement.text) else {
            throw .transactionByHand(statement.text)
        }
        if case .upTo = demand { hasLimit = true }
        if !writes { writes = StatementText.mayChange(statement.text) }
        steps.append(.init(work: .statement(statement), demand: demand))
    }

    mutating func append(_ sql: SQL, _ demand: RowDemand) throws(StorageError) {
        try append(PostgresStatement(sql), demand)
    }

    /// A statement once for each row of values.
    init<Rows: Sequence, each Value: SQLBindable>(
        _ sql: SQL, withEach rows: Rows
    ) throws(StorageError) where Rows.Element == (repeat each Value) {
        let template = StatementTemplate(try sql.rendered(for: PostgresDialect()))
        for row in rows {
            var values: [SQLValue] = []
            for value in repeat each row { values.append(try value.sqlValue) }
            try append(template.statement(values), .none)
        }
    }
}

extension StorageError {
    fileprivate static var pipelineTooLong: StorageError {
        StorageError(
            code: .limitExceeded,
            message: "a pipeline has at most 4096 statements; divide it inside a transaction, or "
                + "use insert(_:into:) for rows")
    }
}
