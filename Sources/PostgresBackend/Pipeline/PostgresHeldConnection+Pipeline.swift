public import StorageKit

// Many statements, one round trip.
extension PostgresHeldConnection {
    /// Runs statements one after the other in one round trip.
    ///
    /// In a transaction they are part of it, and one that fails undoes it, as a statement by itself
    /// does; without one they are a transaction. See ``PostgresDatabase/pipeline(_:)``.
    ///
    /// - Parameter body: Gives up to 4096 statements.
    /// - Returns: What each has given, in their order.
    /// - Throws: The error of the first statement that failed; those behind it were not run.
    public func pipeline<each Output>(
        _ body: (PostgresPipeline) -> (repeat PostgresPipelined<each Output>)
    ) async throws(StorageError) -> (repeat each Output) {
        let statement = body(PostgresPipeline())
        return try await runAll(repeat each statement)
    }

    /// Runs statements whose rows are ignored in one round trip, in their order.
    ///
    /// - Parameter statements: Up to 4096; without any, nobody is asked.
    /// - Returns: What each has changed, in their order.
    /// - Throws: The error of the first statement that failed; those behind it were not run.
    @discardableResult
    public func execute(
        pipeline statements: [SQL]
    ) async throws(StorageError) -> [PostgresChanges] {
        try await runAll(statements)
    }

    /// Runs a statement once for each row of values in one round trip.
    ///
    /// - Parameters:
    ///   - sql: One statement with placeholders.
    ///   - rows: Up to 4096, with a value for each placeholder.
    /// - Returns: How many rows each run has changed.
    /// - Throws: The error of the first run that failed; those behind it were not run.
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

extension PostgresHeldConnection: PipelineRunning {
    var storeName: String { hold.database.address.description }

    func run(
        _ batch: PipelineBatch
    ) async throws(StorageError) -> [PostgresExchange.Result] {
        try await named("pipeline") { () throws(StorageError) in
            guard !batch.steps.isEmpty else { return [] }
            guard batch.mayBeUndone else {
                return try await hold.runAll(batch.steps, serial, inTransaction: level > 0)
            }
            // Too many rows are undone, and nothing else.
            return try await within { inner throws(StorageError) in
                try await hold.runAll(batch.steps, inner.serial, inTransaction: true)
            }
        }
    }
}
