#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
public import StorageKit

extension PostgresJobQueue {
    /// The jobs that have failed too often, those that died last first.
    ///
    /// One round trip.
    ///
    /// - Parameter limit: How many at the most.
    public func deadJobs(limit: Int) async throws(StorageError) -> [PostgresDeadJob<Job>] {
        let sql: SQL = """
            SELECT id, payload::text AS payload, attempts, failure, dead_at AS died
            FROM storagekit_job WHERE queue = \(name) AND dead_at IS NOT NULL
            ORDER BY dead_at DESC, id DESC LIMIT \(max(0, limit))
            """
        let rows = try await ask(
            "deadJobs", sql, as: DeadRow.self, limit: max(0, limit), on: database)
        return rows.map { row in
            PostgresDeadJob(
                id: PostgresJobID(row.id), json: row.payload, attempts: row.attempts,
                failure: row.failure ?? "", diedAt: row.died)
        }
    }

    /// Gives a dead job all of its attempts again; it is due at once.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is such a dead job.
    /// - Throws: `constraintViolation` when there is another job with its key.
    @discardableResult
    public func revive(_ id: PostgresJobID) async throws(StorageError) -> Bool {
        let sql: SQL = """
            WITH job AS (
                UPDATE storagekit_job SET dead_at = NULL, attempts = 0, due_at = now()
                WHERE id = \(id.rawValue) AND queue = \(name) AND dead_at IS NOT NULL RETURNING id
            )
            SELECT pg_catalog.pg_notify(\(PostgresJobSchema.channel), \(name)) IS NOT NULL FROM job
            """
        return try await !ask("revive", sql, as: Bool.self, on: database).isEmpty
    }

    /// Removes a dead job.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there was such a dead job.
    @discardableResult
    public func discard(_ id: PostgresJobID) async throws(StorageError) -> Bool {
        let sql: SQL = """
            DELETE FROM storagekit_job
            WHERE id = \(id.rawValue) AND queue = \(name) AND dead_at IS NOT NULL
            """
        return try await change("discard", sql, on: database) == 1
    }

    /// How many jobs the queue has.
    ///
    /// One round trip; it looks at each of them.
    public func counts() async throws(StorageError) -> PostgresJobCounts {
        let sql: SQL = """
            SELECT
                count(*) FILTER (WHERE dead_at IS NULL AND due_at <= now()) AS due,
                count(*) FILTER (
                    WHERE dead_at IS NULL AND due_at > now() AND leased_at IS NULL) AS later,
                count(*) FILTER (
                    WHERE dead_at IS NULL AND due_at > now() AND leased_at IS NOT NULL) AS claimed,
                count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead
            FROM storagekit_job WHERE queue = \(name)
            """
        let counts = try await ask("counts", sql, as: PostgresJobCounts.self, on: database)
        return counts.first ?? PostgresJobCounts()
    }
}

private struct DeadRow: Decodable, Sendable {
    let id: Int64
    let payload: String
    let attempts: Int
    let failure: String?
    let died: Date
}
