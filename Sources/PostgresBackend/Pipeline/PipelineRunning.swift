internal import StorageKit

/// What a pipeline is run on: a database, where it is a transaction, or a connection that a task
/// holds, where it is part of the one that is open.
protocol PipelineRunning: Sendable {
    /// The database in errors.
    var storeName: String { get }

    /// Runs the statements of a batch and gives the result of each.
    func run(_ batch: PipelineBatch) async throws(StorageError) -> [PostgresExchange.Result]
}

extension PipelineRunning {
    /// Runs statements with a result each.
    func runAll<each Output>(
        _ statement: repeat PostgresPipelined<each Output>
    ) async throws(StorageError) -> (repeat each Output) {
        var batch = PipelineBatch()
        repeat try append(each statement, to: &batch)
        var results = PipelineResults(batch, try await run(batch))
        return (repeat try results.next(for: each statement))
    }

    /// Runs statements whose rows are ignored.
    func runAll(_ statements: [SQL]) async throws(StorageError) -> [PostgresChanges] {
        var batch = PipelineBatch()
        for sql in statements { try append(PostgresPipeline().execute(sql), to: &batch) }
        return try await run(batch).map { PostgresChanges($0.tag) }
    }

    /// Runs a statement once for each row, if its values could be had.
    func run(
        _ sql: SQL, withEach rows: Result<PipelineRows, StorageError>
    ) async throws(StorageError) -> [Int] {
        let batch = try named { () throws(StorageError) in
            try PipelineBatch(sql, withEach: rows.get())
        }
        return try await run(batch).map { $0.tag?.changedRows ?? 0 }
    }

    private func append<Output>(
        _ statement: PostgresPipelined<Output>, to batch: inout PipelineBatch
    ) throws(StorageError) {
        try named { () throws(StorageError) in try batch.append(statement.sql, statement.demand) }
    }

    private func named<Value>(
        _ body: () throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        do throws(StorageError) {
            return try body()
        } catch {
            throw error.adding(operation: "pipeline", store: storeName)
        }
    }
}
