public import StorageKit

// Many statements, one round trip.
extension PostgresDatabase {
    /// Runs statements one after the other in one round trip, as one transaction.
    ///
    /// ```swift
    /// let (account, _) = try await database.pipeline {
    ///     (
    ///         $0.first("SELECT * FROM account WHERE id = \(id)", as: Account.self),
    ///         $0.execute("UPDATE account SET seen = now() WHERE id = \(id)")
    ///     )
    /// }
    /// ```
    ///
    /// None is sent later because of another one's result. All of them are done or none: when one
    /// fails, those before it are undone and those behind it not run. Statements that are to stand
    /// or fall alone are calls of their own; the calls of several tasks are pipelined too.
    ///
    /// - Parameter body: Gives up to 4096 statements.
    /// - Returns: What each has given, in their order, after the commit.
    /// - Throws: The error of the first statement that failed; its message says which it was.
    ///   `limitExceeded` for too many rows. With writing statements beside a limit it is two round
    ///   trips.
    public func pipeline<each Output>(
        _ body: (PostgresPipeline) -> (repeat PostgresPipelined<each Output>)
    ) async throws(StorageError) -> (repeat each Output) {
        let statement = body(PostgresPipeline())
        return try await runAll(repeat each statement)
    }

    /// Runs statements whose rows are ignored in one round trip, in their order, as a transaction.
    ///
    /// - Parameter statements: Up to 4096; without any, nobody is asked.
    /// - Returns: What each has changed, in their order, after the commit.
    /// - Throws: The error of the first statement that failed; nothing was changed then.
    @discardableResult
    public func execute(
        pipeline statements: [SQL]
    ) async throws(StorageError) -> [PostgresChanges] {
        try await runAll(statements)
    }

    /// Runs a statement once for each row of values in one round trip, as one transaction.
    ///
    /// ```swift
    /// try await database.execute(
    ///     "UPDATE stock SET count = \(.placeholder) WHERE item = \(.placeholder)",
    ///     withEach: [(3, "pen"), (0, "ink")])
    /// ```
    ///
    /// For rows that are only inserted ``insert(into:columns:_:)`` is faster, and has no limit.
    ///
    /// - Parameters:
    ///   - sql: One statement with placeholders.
    ///   - rows: Up to 4096, with a value for each placeholder.
    /// - Returns: How many rows each run has changed, after the commit.
    /// - Throws: The error of the first run that failed; nothing was changed then.
    @inlinable
    @discardableResult
    public func execute<Rows: Sequence, each Value: SQLBindable>(
        _ sql: SQL, withEach rows: Rows
    ) async throws(StorageError) -> [Int] where Rows.Element == (repeat each Value) {
        try await execute(
            sql,
            withEach: Result { () throws(StorageError) in
                try PipelineRows(rows)
            })
    }

    @usableFromInline
    func execute(
        _ sql: SQL, withEach rows: Result<PipelineRows, StorageError>
    ) async throws(StorageError) -> [Int] {
        try await run(sql, withEach: rows)
    }
}

extension PostgresDatabase: PipelineRunning {
    var storeName: String { address.description }

    func run(
        _ batch: PipelineBatch
    ) async throws(StorageError) -> [PostgresExchange.Result] {
        try await named("pipeline") { () throws(StorageError) in
            guard !batch.steps.isEmpty else { return [] }
            guard !batch.mayBeUndone else {
                return try await withinTransaction { connection throws(StorageError) in
                    try await connection.hold.runAll(
                        batch.steps, connection.serial, inTransaction: true)
                }
            }
            return try await runShared(batch)
        }
    }

    private func runShared(
        _ batch: PipelineBatch
    ) async throws(StorageError) -> [PostgresExchange.Result] {
        let exchange = PostgresExchange(batch.steps, standsAlone: true, isShared: true)
        let reply = await pool.run(exchange)
        return try reply.results(of: exchange, last: batch.steps.count)
    }
}
