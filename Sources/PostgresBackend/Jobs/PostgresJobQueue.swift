internal import StorageKit

/// Jobs that wait in a table to be done by some worker, in this program or another one.
///
/// ```swift
/// let mails = PostgresJobQueue<Mail>("mail", in: database)
/// try await database.withTransaction { transaction in
///     try await transaction.execute("INSERT INTO customer (address) VALUES (\(address))")
///     try await mails.enqueue(Mail(to: address, text: welcome), on: transaction)
/// }
///
/// try await mails.run(workers: 8) { job in try await send(job.payload) }
/// ```
///
/// The table is made by ``PostgresJobSchema/migration``.
///
/// ## The life of a job
///
/// ```
///   enqueue ──▶ due ──▶ claimed ──▶ completed: gone from the table
///               ▲ ▲       │ │
///               │ └───────┘ └──▶ failed: due again after a pause that doubles
///          due_at has come  │
///                           └──▶ failed for the last time: dead, until revived or discarded
///        the lease has run out: due again
/// ```
///
/// ## What is promised
///
/// * **At least once.** A job that was enqueued, and whose transaction was committed, is handed out
///   until somebody completes it or its attempts are used up. A worker that dies gives it back when
///   its lease ends. So a handler may be run twice with one job, and two handlers at once when one
///   is slower than its lease: what they do has to bear that.
/// * **Exactly once in the same database.** What ``run(workers:inTransaction:)``, or
///   ``complete(_:on:)``, does in the transaction that completes the job has happened once, or not
///   at all: only who has the job's present lease can complete it.
/// * **No job twice at the same time** while leases last: a job is handed to one of those who ask,
///   and nobody waits for a job that another one is taking (`FOR UPDATE SKIP LOCKED`).
/// * **Every attempt counts**, also one that ended with its program: a job that kills its worker is
///   dead after ``PostgresJobSettings/attempts``.
///
/// ## What is not promised
///
/// * Order: jobs are handed out by priority, then by the time they were due, then by age; they are
///   done at the same time, and one that failed comes later.
/// * Time: all times are the server's, and a job that is to begin later is noticed within
///   ``PostgresJobSettings/pollInterval``.
///
/// Leases, rather than rows that stay locked while a job is done, are explained in
/// `docs/decisions/0014`.
public struct PostgresJobQueue<Job: Codable & Sendable>: Sendable {
    /// What the queue is called in the table.
    public let name: String
    /// How it treats its jobs.
    public let settings: PostgresJobSettings

    let database: PostgresDatabase
    let sleep: @Sendable (Duration) async throws -> Void
    let fraction: @Sendable () -> Double

    /// Describes a queue; nothing happens yet.
    ///
    /// - Parameters:
    ///   - name: What it is called. Each has one type of job.
    ///   - database: Where the table is.
    ///   - settings: How it treats its jobs. Those who use one queue should agree about them.
    ///   - clock: What ``run(workers:_:)`` waits on between two looks, and between two extensions
    ///     of a lease. Whether a job is due and a lease over is the server's to say.
    ///   - fraction: How much of the random half of a pause is left out, from 0 to 1.
    public init(
        _ name: String, in database: PostgresDatabase,
        settings: PostgresJobSettings = PostgresJobSettings(),
        clock: some Clock<Duration> = ContinuousClock(),
        fraction: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.name = name
        self.settings = settings
        self.database = database
        sleep = { try await clock.sleep(for: $0.countable) }
        self.fraction = fraction
    }

    /// Runs a statement and decodes its rows.
    func ask<Row: Decodable & Sendable>(
        _ operation: String, _ sql: SQL, as type: Row.Type, limit: Int = 1,
        on runner: some PostgresRunning
    ) async throws(StorageError) -> [Row] {
        try await runner.named(operation) { () throws(StorageError) in
            let statement = try PostgresStatement(sql)
            let result = try await runner.run(statement, .upTo(limit))
            return try PostgresRowForm<Row>.codable().rows(of: result, statement)
        }
    }

    /// Runs a statement and gives the number of rows that it changed.
    func change(
        _ operation: String, _ sql: SQL, on runner: some PostgresRunning
    ) async throws(StorageError) -> Int {
        try await runner.named(operation) { () throws(StorageError) in
            try await runner.run(try PostgresStatement(sql), .none).tag?.changedRows ?? 0
        }
    }
}
