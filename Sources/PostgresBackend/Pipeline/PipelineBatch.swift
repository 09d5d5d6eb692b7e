public import StorageKit

/// The statements of a pipeline, ready to be sent.
@usableFromInline
struct PipelineBatch: Sendable {
    private(set) var steps: [PostgresExchange.Step] = []
    private var hasLimit = false
    /// The text that was looked at last: often all have the same.
    private var lastText: String?
    private var writes = false
    /// Whether too many rows of one of them may have to undo what they have changed.
    var mayBeUndone: Bool { hasLimit && writes }

    /// Formatting and taking apart is done under the lock of the connection, for which the event
    /// thread waits: this many are some milliseconds.
    private static let maximumStatements = 4096

    init() {}

    /// Throws when a pipeline of so many statements can take no more.
    @usableFromInline
    static func checkRoom(_ count: Int) throws(StorageError) {
        guard count < maximumStatements else { throw .pipelineTooLong }
    }

    mutating func append(
        _ statement: PostgresStatement, _ demand: RowDemand
    ) throws(StorageError) {
        try Self.checkRoom(steps.count)
        if statement.text != lastText { try look(at: statement.text) }
        if case .upTo = demand { hasLimit = true }
        steps.append(.init(work: .statement(statement), demand: demand))
    }

    private mutating func look(at text: String) throws(StorageError) {
        guard !StatementText.controlsTransactions(text) else { throw .transactionByHand(text) }
        if !writes { writes = StatementText.mayChange(text) }
        lastText = text
    }

    mutating func append(_ sql: SQL, _ demand: RowDemand) throws(StorageError) {
        try append(PostgresStatement(sql), demand)
    }

    /// A statement once for each row of values.
    init(_ sql: SQL, withEach rows: PipelineRows) throws(StorageError) {
        let template = try StatementTemplate(sql.rendered(for: PostgresDialect()))
        steps.reserveCapacity(rows.count)
        for row in 0..<rows.count { try append(template.statement(rows[row]), .none) }
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
