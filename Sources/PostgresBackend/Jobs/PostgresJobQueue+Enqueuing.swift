public import StorageKit

extension PostgresJobQueue {
    /// Puts a job into the queue.
    ///
    /// One round trip; workers that wait are notified.
    ///
    /// - Parameters:
    ///   - job: What is to be done.
    ///   - start: When it may be begun.
    ///   - priority: How urgent it is; the larger the sooner.
    ///   - key: Something of which there is to be one job at a time. One that was completed, or is
    ///     dead, is no obstacle.
    /// - Returns: What it is known by; `nil` when a job with this key waits, or is being done: then
    ///   nothing was changed.
    /// - Throws: `encodingFailed` for a job that has no JSON.
    @discardableResult
    public func enqueue(
        _ job: Job, start: PostgresJobStart = .now, priority: Int = 0, key: String? = nil
    ) async throws(StorageError) -> PostgresJobID? {
        try await enqueue(job, start, priority, key, on: database)
    }

    /// Puts a job into the queue when the transaction is committed.
    ///
    /// As ``enqueue(_:start:priority:key:)``. A transaction that is rolled back leaves no job, and
    /// nobody sees one before the commit. Another transaction that uses the same key waits for this
    /// one to end.
    @discardableResult
    public func enqueue(
        _ job: Job, start: PostgresJobStart = .now, priority: Int = 0, key: String? = nil,
        on connection: PostgresHeldConnection
    ) async throws(StorageError) -> PostgresJobID? {
        try await enqueue(job, start, priority, key, on: connection)
    }

    private func enqueue(
        _ job: Job, _ start: PostgresJobStart, _ priority: Int, _ key: String?,
        on runner: some PostgresRunning
    ) async throws(StorageError) -> PostgresJobID? {
        let json = String(decoding: try JSONCodec<Job>().encode(job).bytes, as: UTF8.self)
        let sql: SQL = """
            WITH job AS (
                INSERT INTO storagekit_job (queue, payload, priority, key, due_at)
                VALUES (\(name), \(json), \(priority), \(SQL.value(key)), \(start.sql))
                ON CONFLICT (queue, key) WHERE dead_at IS NULL AND key IS NOT NULL DO NOTHING
                RETURNING id
            )
            SELECT id, pg_catalog.pg_notify(\(PostgresJobSchema.channel), \(name)) IS NOT NULL
            FROM job
            """
        return try await ask("enqueue", sql, as: EnqueuedRow.self, on: runner).first.map {
            PostgresJobID($0.id)
        }
    }
}

private struct EnqueuedRow: Decodable, Sendable {
    let id: Int64
}

extension PostgresJobStart {
    /// The time, for the server.
    fileprivate var sql: SQL {
        switch self {
        case .now: "now()"
        case .after(let duration): "now() + \(duration.interval)"
        case .at(let date): "\(date)"
        }
    }
}

extension Duration {
    /// As an interval of PostgreSQL's, to the microsecond.
    var interval: SQL { "make_interval(secs => \(self / .seconds(1)))" }
}
