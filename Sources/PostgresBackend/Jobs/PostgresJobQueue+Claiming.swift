#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
public import StorageKit

extension PostgresJobQueue {
    /// Takes jobs that are due, for as long as ``PostgresJobSettings/lease`` says.
    ///
    /// One round trip. Whoever takes a job has to ``complete(_:)`` it, or ``fail(_:because:)``;
    /// otherwise somebody else is given it when the lease is over. ``run(workers:_:)`` does all
    /// that.
    ///
    /// A job whose attempts are used up, as its workers have died, becomes dead; one that does not
    /// have the shape of `Job` fails. So there may be fewer than there could be.
    ///
    /// - Parameter limit: How many at the most.
    /// - Returns: Those that are most urgent, and that nobody else is taking.
    public func claim(limit: Int = 1) async throws(StorageError) -> [PostgresJob<Job>] {
        try await take(limit).jobs
    }

    /// Extends the lease of a job: it runs anew from now on.
    ///
    /// One round trip.
    ///
    /// - Throws: `conflict`, which is not retryable, when the lease was over and somebody else has
    ///   taken the job.
    public func extendLease(of job: PostgresJob<Job>) async throws(StorageError) {
        let sql: SQL = """
            UPDATE storagekit_job SET due_at = now() + \(settings.lease.interval)
            WHERE \(job.isMine)
            """
        try await expectOne(change("extendLease", sql, on: database), "extendLease")
    }

    /// Removes a job that was done.
    ///
    /// One round trip. A lease that is over does no harm as long as nobody else has taken the job.
    ///
    /// - Throws: `conflict`, which is not retryable, when somebody else has taken the job.
    public func complete(_ job: PostgresJob<Job>) async throws(StorageError) {
        try await remove(job, on: database)
    }

    /// Removes a job when the transaction is committed.
    ///
    /// One round trip. As what throws undoes the transaction, what else it does has happened once
    /// for the job, or not at all.
    ///
    /// - Throws: `conflict`, which is not retryable, when somebody else has taken the job.
    public func complete(
        _ job: PostgresJob<Job>, on connection: PostgresHeldConnection
    ) async throws(StorageError) {
        try await remove(job, on: connection)
    }

    private func remove(
        _ job: PostgresJob<Job>, on runner: some PostgresRunning
    ) async throws(StorageError) {
        let sql: SQL = "DELETE FROM storagekit_job WHERE \(job.isMine)"
        try await expectOne(change("complete", sql, on: runner), "complete")
    }

    /// Gives a job back that could not be done: it is due again after a pause, or dead when its
    /// attempts are used up.
    ///
    /// One round trip.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - reason: What is noted of the failure, its first 2,000 characters.
    /// - Returns: Whether it is dead.
    /// - Throws: `conflict`, which is not retryable, when somebody else has taken the job.
    @discardableResult
    public func fail(
        _ job: PostgresJob<Job>, because reason: String
    ) async throws(StorageError) -> Bool {
        try await fail(JobMark(id: job.id.rawValue, lease: job.lease), job.attempt, reason)
    }

    /// Gives a job back that was not begun in earnest: it is due at once, and the attempt is not
    /// counted.
    ///
    /// One round trip.
    ///
    /// - Throws: `conflict`, which is not retryable, when somebody else has taken the job.
    public func release(_ job: PostgresJob<Job>) async throws(StorageError) {
        let sql: SQL = """
            WITH job AS (
                UPDATE storagekit_job SET
                    attempts = attempts - 1, lease = lease + 1, leased_at = NULL, due_at = now()
                WHERE \(job.isMine) RETURNING id
            )
            SELECT pg_catalog.pg_notify(\(PostgresJobSchema.channel), \(name)) IS NOT NULL FROM job
            """
        try await expectOne(
            ask("release", sql, as: Bool.self, on: database).count, "release")
    }

    /// Takes jobs, and says how many rows there were in all.
    func take(_ limit: Int) async throws(StorageError) -> (jobs: [PostgresJob<Job>], rows: Int) {
        guard limit > 0 else { return ([], 0) }
        let rows = try await ask(
            "claim", claim(limit), as: ClaimedRow.self, limit: limit, on: database)
        var jobs: [PostgresJob<Job>] = []
        for row in rows where !row.dead {
            do throws(StorageError) {
                jobs.append(try row.job())
            } catch  where error.code == .decodingFailed {
                let mark = JobMark(id: row.id, lease: row.lease)
                // When that fails too its lease will end; the others are claimed, and known to
                // nobody who is not told of them here.
                _ = try? await fail(mark, row.attempts, "\(error)")
            }
        }
        return (jobs, rows.count)
    }

    private func claim(_ limit: Int) -> SQL {
        let attempts = max(1, settings.attempts)
        return """
            WITH due AS (
                SELECT id, due_at, attempts >= \(attempts) AS is_spent FROM storagekit_job
                WHERE queue = \(name) AND dead_at IS NULL AND due_at <= now()
                ORDER BY priority DESC, due_at, id LIMIT \(limit)
                FOR UPDATE SKIP LOCKED
            ), claimed AS (
                UPDATE storagekit_job AS job SET
                    lease = job.lease + 1,
                    attempts = CASE WHEN is_spent THEN job.attempts ELSE job.attempts + 1 END,
                    leased_at = CASE WHEN is_spent THEN NULL ELSE now() END,
                    due_at = now() + \(settings.lease.interval),
                    dead_at = CASE WHEN is_spent THEN now() END,
                    failure = CASE
                        WHEN is_spent THEN 'its last worker did not come back in time'
                        ELSE job.failure END
                FROM due WHERE job.id = due.id
                RETURNING job.id, payload::text AS payload, priority, job.attempts, lease,
                    created_at AS created, is_spent AS dead, due.due_at AS was_due
            )
            SELECT id, payload, priority, attempts, lease, created, dead FROM claimed
            ORDER BY priority DESC, was_due, id
            """
    }

    @discardableResult
    private func fail(
        _ mark: JobMark, _ attempt: Int, _ reason: String
    ) async throws(StorageError) -> Bool {
        let pause = settings.pause(after: attempt, fraction: fraction())
        let text = String(reason.prefix(2000)).replacing("\0", with: "")
        let sql: SQL = """
            UPDATE storagekit_job SET
                lease = lease + 1, leased_at = NULL, failure = \(text),
                due_at = now() + \(pause.interval),
                dead_at = CASE WHEN attempts >= \(max(1, settings.attempts)) THEN now() END
            WHERE \(mark.isMine) RETURNING dead_at IS NOT NULL
            """
        let isDead = try await ask("fail", sql, as: Bool.self, on: database)
        try expectOne(isDead.count, "fail")
        return isDead.first == true
    }

    private func expectOne(_ count: Int, _ operation: String) throws(StorageError) {
        guard count == 1 else {
            throw .leaseLost.adding(operation: operation, store: database.address.description)
        }
    }
}

/// By whom a job is held.
private struct JobMark: Sendable {
    let id: Int64
    let lease: Int64

    /// The condition that it is held like that now.
    var isMine: SQL {
        "id = \(id) AND lease = \(lease) AND leased_at IS NOT NULL AND dead_at IS NULL"
    }
}

extension PostgresJob {
    fileprivate var isMine: SQL { JobMark(id: id.rawValue, lease: lease).isMine }
}

private struct ClaimedRow: Decodable, Sendable {
    let id: Int64
    let payload: String
    let priority: Int
    let attempts: Int
    let lease: Int64
    let created: Date
    /// Whether its attempts were used up.
    let dead: Bool

    func job<Job: Codable & Sendable>() throws(StorageError) -> PostgresJob<Job> {
        PostgresJob(
            id: PostgresJobID(id), payload: try JSONCodec<Job>().decode(ByteString(payload)),
            priority: priority, attempt: attempts, enqueuedAt: created, lease: lease)
    }
}

extension StorageError {
    /// The error for a job that belongs to somebody else by now.
    static var leaseLost: StorageError {
        StorageError(
            code: .conflict,
            message: "the lease of the job was over and somebody else has taken it; give jobs a "
                + "longer lease, or extend it", isRetryable: false)
    }
}
