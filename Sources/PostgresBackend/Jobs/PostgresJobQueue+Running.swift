public import StorageKit

extension PostgresJobQueue {
    /// Does jobs as they become due, until the task is cancelled.
    ///
    /// It sleeps until it is notified of a job (see ``PostgresDatabase/listen(to:)``) and looks by
    /// itself every ``PostgresJobSettings/pollInterval``; through PgBouncer it only looks. As many
    /// jobs as there are workers free are claimed in one round trip; each is completed in another.
    ///
    /// * A handler that throws has failed: its job comes back after a pause, or is dead. What the
    ///   error says of itself is kept in the table.
    /// * While a handler runs the lease of its job is extended. One that has lost it nevertheless,
    ///   since the database was not to be reached for so long, is cancelled.
    /// * When the database cannot be reached, it is looked for again, without end.
    /// * When the task is cancelled, handlers are cancelled as well. It returns when they have;
    ///   what was not done is due at once, for others, and the attempt does not count.
    ///
    /// - Parameters:
    ///   - workers: How many jobs are done at a time, at least 1.
    ///   - handler: Does one. It may be run more than once with the same job.
    /// - Throws: What waiting does not cure: `invalidStatement` when the table is not there,
    ///   `invalidState` when the database is closed.
    public func run(
        workers: Int = 1, _ handler: @escaping @Sendable (PostgresJob<Job>) async throws -> Void
    ) async throws(StorageError) {
        try await JobRunner(queue: self, workers: workers) { job in
            try await handler(job)
            // What was done is completed, even if it is just now that the task is cancelled.
            try await Task { try await complete(job) }.value
        }.run()
    }

    /// Does jobs as they become due, each in a transaction that completes it too, until the task is
    /// cancelled.
    ///
    /// As ``run(workers:_:)``; what a handler does in its transaction has happened exactly once for
    /// each job that was completed. A worker holds a connection as long as its handler runs, so
    /// there should be more of those than workers.
    ///
    /// - Parameters:
    ///   - workers: How many jobs are done at a time, at least 1.
    ///   - handler: Does one, with the connection that it is given.
    public func run(
        workers: Int = 1,
        inTransaction handler:
            @escaping @Sendable (PostgresJob<Job>, PostgresHeldConnection) async throws -> Void
    ) async throws(StorageError) {
        try await JobRunner(queue: self, workers: workers) { job in
            try await database.withTransaction { transaction in
                try await handler(job, transaction)
                try await complete(job, on: transaction)
            }
        }.run()
    }
}
