import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Advisory locks on PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresAdvisoryLockTests {
    /// PostgreSQL's locks belong to a database and not to a schema, so each subject has keys of its
    /// own.
    struct Harness: AdvisoryLockHarness {
        struct Locks: AdvisoryLockStore {
            let database: PostgresDatabase
            let offset: Int64

            func withAdvisoryLock<Value: Sendable>(
                _ key: AdvisoryLockKey, waiting patience: Duration,
                _ body: @Sendable () async throws -> Value
            ) async throws -> Value {
                try await database.withAdvisoryLock(
                    AdvisoryLockKey(number: key.number &+ offset), waiting: patience, body)
            }
        }

        func makeSubject() async throws -> Locks {
            Locks(
                database: try PostgresDatabase(TestServer.postgres.url()),
                offset: .random(in: .min ... .max))
        }

        func makePeer(of subject: Locks) async throws -> Locks {
            Locks(
                database: PostgresDatabase(subject.database.address), offset: subject.offset)
        }

        func tearDown(_ subject: Locks) async throws { await subject.database.close() }
    }

    private func key() -> AdvisoryLockKey { AdvisoryLockKey(number: .random(in: .min ... .max)) }

    @Test("they keep the laws", arguments: AdvisoryLockLaws.cases(for: Harness.self))
    func laws(law: ConformanceCase<Harness>) async throws {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("who is cancelled while waiting is taken out of the server's line at once")
    func cancelled() async throws {
        try await PostgresWorld.with { database in
            let key = key()
            let admin = try PostgresWorld.admin
            try await admin.withAdvisoryLock(key, waiting: .zero) {
                let waiting = Task {
                    try await database.withAdvisoryLock(key, waiting: .seconds(3600)) {}
                }
                try await reached { try await admin.waiters(for: key) == 1 }
                waiting.cancel()
                let error = try await expectError(.cancelled) { try await waiting.value }
                #expect(error.operation == "withAdvisoryLock")
                #expect(try await admin.waiters(for: key) == 0)
            }
            try await database.withAdvisoryLock(key, waiting: .zero) {}
        }
    }

    @Test("nothing is left of a lock: neither on its connection nor in its settings")
    func clean() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementTimeout = .seconds(7)
        try await PostgresWorld.with(configuration) { database in
            let key = key()
            let admin = try PostgresWorld.admin
            for round in 0..<3 {
                try await database.withAdvisoryLock(key, waiting: .seconds(60)) {
                    let count = try await admin.holders(of: key)
                    #expect(count == 1, "round \(round)")
                }
            }
            try await admin.withAdvisoryLock(key, waiting: .zero) {
                _ = try await expectError(.busy) {
                    try await database.withAdvisoryLock(key, waiting: .milliseconds(2)) {}
                }
            }
            #expect(try await admin.holders(of: key) == 0)
            let link = try await database.locks.lease()
            let exchange = PostgresExchange(
                [
                    .init(work: .command("SHOW lock_timeout"), demand: .first),
                    .init(work: .command("SHOW statement_timeout"), demand: .first),
                ], standsAlone: false, isShared: false)
            let reply = await link.runShielded(exchange)
            let form = PostgresRowForm<String>.codable()
            let settings = try reply.results.compactMap { result in
                try result.block.map { try form.rows(of: $0) }?.first
            }
            #expect(settings == ["0", "7s"])
            database.locks.release(link)
        }
    }

    @Test("where sessions are a pooler's there are no locks, and the call says so")
    func pooler() async throws {
        try await PostgresWorld.with(.transactionPooling) { database in
            let error = try await expectError(.unsupported) {
                try await database.withAdvisoryLock("a", waiting: .zero) {}
            }
            #expect(error.operation == "withAdvisoryLock")
        }
    }

    @Test("the time limit of statements begins when patience ends")
    func timeLimit() async throws {
        var configuration = PostgresConfiguration()
        configuration.operationTimeout = .milliseconds(200)
        try await PostgresWorld.with(configuration) { database in
            let key = key()
            let admin = try PostgresWorld.admin
            try await admin.withAdvisoryLock(key, waiting: .zero) {
                _ = try await expectError(.busy) {
                    try await database.withAdvisoryLock(key, waiting: .milliseconds(400)) {}
                }
            }
        }
    }

    @Test("a body uses its database, though every connection for locks is taken")
    func bodies() async throws {
        try await PostgresWorld.with(.single()) { database in
            let key = key()
            let sum = try await withThrowingTaskGroup { group in
                for number in 1...5 {
                    group.addTask {
                        try await database.withAdvisoryLock(key, waiting: .seconds(240)) {
                            try await database.first("SELECT \(number)", as: Int.self) ?? 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 15)
        }
    }

    @Test("a lock whose connection is lost is had by others, and its own call says so")
    func lost() async throws {
        try await PostgresWorld.with { database in
            let key = key()
            let admin = try PostgresWorld.admin
            let ran = Count()
            let error = try await expectError(.unavailable) {
                try await database.withAdvisoryLock(key, waiting: .zero) {
                    try await admin.terminateHolders(of: key)
                    try await admin.withAdvisoryLock(key, waiting: .seconds(60)) {
                        _ = ran.add()
                    }
                }
            }
            #expect(ran.value == 1)
            #expect(error.mayHaveBeenApplied && !error.isRetryable)
            try await database.withAdvisoryLock(key, waiting: .zero) {}
        }
    }

    @Test("who waits when his connection is lost is told, and his body has not run")
    func lostWhileWaiting() async throws {
        try await PostgresWorld.with { database in
            let key = key()
            let admin = try PostgresWorld.admin
            let ran = Count()
            try await admin.withAdvisoryLock(key, waiting: .zero) {
                let waiting = Task {
                    _ = try await database.withAdvisoryLock(key, waiting: .seconds(3600)) {
                        ran.add()
                    }
                }
                try await reached { try await admin.waiters(for: key) == 1 }
                try await admin.terminateWaiters(for: key)
                let error = try await expectError(.unavailable) { try await waiting.value }
                #expect(!error.mayHaveBeenApplied && error.isRetryable && ran.value == 0)
            }
        }
    }
}

extension PostgresDatabase {
    fileprivate func holders(of key: AdvisoryLockKey) async throws -> Int {
        try await first("SELECT count(*) FROM pg_locks \(key.rows(granted: true))", as: Int.self)
            ?? 0
    }

    fileprivate func waiters(for key: AdvisoryLockKey) async throws -> Int {
        try await first("SELECT count(*) FROM pg_locks \(key.rows(granted: false))", as: Int.self)
            ?? 0
    }

    fileprivate func terminateHolders(of key: AdvisoryLockKey) async throws {
        try await execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks \(key.rows(granted: true))")
    }

    fileprivate func terminateWaiters(for key: AdvisoryLockKey) async throws {
        try await execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks \(key.rows(granted: false))")
    }
}

extension AdvisoryLockKey {
    /// Which rows of `pg_locks` are of it: there its number is two halves.
    fileprivate func rows(granted: Bool) -> SQL {
        let bits = UInt64(bitPattern: number)
        return """
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted = \(granted)
            AND classid = \(Int64(bits >> 32)) AND objid = \(Int64(bits & 0xffff_ffff))
            """
    }
}
