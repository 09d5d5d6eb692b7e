import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Workers at a queue of PostgreSQL's",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresJobRunTests {
    private struct Oops: Error {}

    /// Runs a worker until the body returns.
    private func running(
        _ work: @escaping @Sendable () async throws -> Void, body: () async throws -> Void
    ) async throws {
        let worker = Task { try await work() }
        do {
            try await body()
        } catch {
            worker.cancel()
            throw error
        }
        worker.cancel()
        try await worker.value
    }

    @Test("a thousand jobs are each done exactly once by eight workers, when none of them dies")
    func thousand() async throws {
        try await JobWorld.with { database in
            let other = PostgresDatabase(database.address)
            let tally = Tally()
            let queue = PostgresJobQueue<Int>("thousand", in: database)
            try await withThrowingTaskGroup { group in
                for database in [database, other] {
                    group.addTask {
                        try await PostgresJobQueue<Int>("thousand", in: database).run(workers: 4) {
                            tally.begin($0.payload)
                            await Task.yield()
                            tally.end()
                        }
                    }
                }
                for number in 0..<1000 { try await queue.enqueue(number) }
                try await reached { try await queue.counts() == .init() }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(tally.each == Dictionary(uniqueKeysWithValues: (0..<1000).map { ($0, 1) }))
            #expect((1...8).contains(tally.most))
            await other.close()
        }
    }

    @Test("a worker that sleeps is woken by a job, and by one of a transaction at its commit")
    func woken() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("woken", in: database, settings: JobWorld.deaf)
            let tally = Tally()
            try await running {
                try await queue.run { tally.add($0.payload) }
            } body: {
                try await queue.enqueue(1)
                try await reached { tally.sum == 1 }
                for number in 2...5 {
                    try await database.withTransaction { transaction in
                        try await queue.enqueue(number, on: transaction)
                    }
                    try await reached { tally.sum == number }
                }
            }
        }
    }

    @Test("a poll that never comes, and a wait for ever, are times like others")
    func forEver() async throws {
        var configuration = PostgresConfiguration()
        configuration.connectionTimeout = .seconds(Int64.max)
        var settings = PostgresJobSettings()
        settings.pollInterval = .seconds(Int64.max)
        try await JobWorld.with(configuration) { [settings] database in
            let queue = PostgresJobQueue<Int>("forever", in: database, settings: settings)
            let tally = Tally()
            try await running {
                try await queue.run { tally.add($0.payload) }
            } body: {
                try await queue.enqueue(1)
                try await reached { tally.sum == 1 }
            }
        }
    }

    @Test("a job that fails again and again is dead in the end, and others are done meanwhile")
    func poison() async throws {
        var settings = JobWorld.hasty
        settings.attempts = 4
        try await JobWorld.with { [settings] database in
            let queue = PostgresJobQueue<Int>("poison", in: database, settings: settings)
            let tally = Tally()
            let poison = try await queue.enqueue(0, priority: 1)
            for number in 1...20 { try await queue.enqueue(number) }
            try await running {
                try await queue.run(workers: 2) { job in
                    tally.add(job.payload)
                    if job.payload == 0 { throw Oops() }
                }
            } body: {
                try await reached { try await queue.counts() == .init(dead: 1) }
            }
            let dead = try #require(try await queue.deadJobs(limit: 2).first)
            #expect(dead.id == poison && dead.attempts == 4 && dead.failure == "Oops()")
            #expect(tally.each.removing(0) == [4] && tally.sum == 24)
        }
    }

    @Test("what was to begin later, and what a dead worker had, is found by looking again")
    func poll() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("poll", in: database, settings: JobWorld.hasty)
            let tally = Tally()
            try await queue.enqueue(1)
            _ = try await queue.claim()
            try await queue.enqueue(2, start: .after(.seconds(1800)))
            try await running {
                try await queue.run { tally.add($0.payload) }
            } body: {
                try await queue.enqueue(3)
                try await reached { tally.sum == 1 }
                try await database.letAnHourPass()
                try await reached { tally.sum == 3 }
            }
            #expect(tally.each == [1: 1, 2: 1, 3: 1])
        }
    }

    @Test("a worker that is cancelled gives back what it has begun, and the attempt is not counted")
    func cancelled() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("cancelled", in: database)
            let (begun, never) = (Gate(), Gate())
            for number in 1...2 { try await queue.enqueue(number) }
            let worker = Task {
                try await queue.run(workers: 2) { job in
                    if job.payload == 1 { begun.open() }
                    await never.pass()
                    try Task.checkCancellation()
                }
            }
            await begun.pass()
            try await reached { try await queue.counts().due == 0 }
            worker.cancel()
            try await worker.value
            #expect(try await queue.counts() == .init(due: 2))
            #expect(try await queue.claim(limit: 2).map(\.attempt) == [1, 1])
        }
    }

    @Test("a job that was done when its worker is cancelled is completed all the same")
    func doneThenCancelled() async throws {
        try await JobWorld.with { database in
            let queue = PostgresJobQueue<Int>("done", in: database)
            let (begun, never) = (Gate(), Gate())
            try await queue.enqueue(1)
            let worker = Task {
                try await queue.run { _ in
                    begun.open()
                    await never.pass()
                }
            }
            await begun.pass()
            worker.cancel()
            try await worker.value
            #expect(try await queue.counts() == .init())
        }
    }

    @Test("while a handler runs its lease is extended, and a handler that has lost it is cancelled")
    func leases() async throws {
        try await JobWorld.with { database in
            let clock = ManualClock()
            let queue = PostgresJobQueue<Int>(
                "leases", in: database, settings: JobWorld.deaf, clock: clock)
            let (begun, never) = (Gate(), Gate())
            let cancelled = Count()
            try await queue.enqueue(1)
            try await running {
                try await queue.run { _ in
                    begun.open()
                    await never.pass()
                    if Task.isCancelled { cancelled.add() }
                    try Task.checkCancellation()
                }
            } body: {
                await begun.pass()
                for _ in 0..<3 {
                    // The poll and the lease.
                    await clock.waitForSleepers(2)
                    try await database.letAnHourPass()
                    #expect(try await queue.counts() == .init(due: 1))
                    clock.advance(by: .seconds(20))
                    try await reached { try await queue.counts() == .init(claimed: 1) }
                }
                await clock.waitForSleepers(2)
                try await database.execute("UPDATE storagekit_job SET lease = lease + 1")
                clock.advance(by: .seconds(20))
                try await reached { cancelled.value == 1 }
            }
            #expect(try await queue.counts() == .init(claimed: 1))
        }
    }

    @Test("in a transaction the work and its completion happen together, or not at all")
    func together() async throws {
        try await JobWorld.with { database in
            try await database.execute("CREATE TABLE done (id bigint)")
            let queue = PostgresJobQueue<Int>("together", in: database, settings: JobWorld.hasty)
            let attempts = Tally()
            for number in 1...30 { try await queue.enqueue(number) }
            try await running {
                try await queue.run(workers: 3) { job, transaction in
                    attempts.add(job.payload)
                    try await transaction.execute("INSERT INTO done VALUES (\(job.payload))")
                    if job.attempt == 1, job.payload.isMultiple(of: 2) { throw Oops() }
                }
            } body: {
                try await reached { try await queue.counts() == .init() }
            }
            let done = try await database.query(
                "SELECT id FROM done ORDER BY id", as: Int.self, limit: 100)
            #expect(done == Array(1...30))
            #expect(attempts.sum == 45)
        }
    }

    @Test("work in a transaction whose job somebody else has taken is undone")
    func takenMeanwhile() async throws {
        try await JobWorld.with { database in
            try await database.execute("CREATE TABLE done (attempt bigint)")
            let queue = PostgresJobQueue<Int>("taken", in: database)
            let other = PostgresDatabase(database.address)
            let slow = PostgresJobQueue<Int>("taken", in: other, settings: JobWorld.deaf)
            let (begun, late) = (Gate(), Gate())
            try await queue.enqueue(1)
            try await running {
                try await slow.run { job, transaction in
                    begun.open()
                    await late.pass()
                    try await transaction.execute("INSERT INTO done VALUES (\(job.attempt))")
                }
            } body: {
                await begun.pass()
                try await database.letAnHourPass()
                let job = try #require(try await queue.claim().first)
                try await database.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO done VALUES (\(job.attempt))")
                    try await queue.complete(job, on: transaction)
                }
                late.open()
                // The slow one is idle again when its next job is done.
                try await queue.enqueue(2)
                try await reached { try await queue.counts() == .init() }
            }
            let done = try await database.query(
                "SELECT attempt FROM done ORDER BY attempt", as: Int.self, limit: 9)
            #expect(done == [1, 2])
            await other.close()
        }
    }

    @Test("workers whose connections are ended again and again do every job nonetheless")
    func faults() async throws {
        let name = "worker \(UInt64.random(in: 0 ... .max))"
        var configuration = PostgresConfiguration()
        configuration.applicationName = name
        var settings = JobWorld.hasty
        // Each hour that passes below may end a lease.
        settings.attempts = .max
        try await JobWorld.with(configuration) { [settings] database in
            let admin = try PostgresWorld.admin
            let queue = PostgresJobQueue<Int>("faults", in: database, settings: settings)
            let tally = Tally()
            for number in 0..<200 { try await queue.enqueue(number) }
            try await running {
                try await queue.run(workers: 4) { tally.add($0.payload) }
            } body: {
                for round in 1...5 {
                    try await reached { tally.each.count >= round * 10 }
                    try await admin.execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE application_name = \(name)
                        """)
                }
                // A claim whose answer was lost is somebody's who is gone.
                try await reached {
                    await storageError { try await database.letAnHourPass() } == nil
                        && tally.each.count == 200
                }
            }
            #expect(Set(tally.each.keys) == Set(0..<200))
        }
    }

    @Test("closing the database ends the worker with an error")
    func closed() async throws {
        try await JobWorld.with { database in
            let other = PostgresDatabase(database.address)
            let queue = PostgresJobQueue<Int>("closed", in: other, settings: JobWorld.hasty)
            let done = Gate()
            try await queue.enqueue(1)
            let worker = Task { try await queue.run { _ in done.open() } }
            await done.pass()
            await other.close()
            try await expectError(.invalidState) { try await worker.value }
        }
    }
}

extension [Int: Int] {
    /// The count of one job, and no other.
    fileprivate func removing(_ job: Int) -> [Int] { filter { $0.key == job }.map(\.value) }
}
