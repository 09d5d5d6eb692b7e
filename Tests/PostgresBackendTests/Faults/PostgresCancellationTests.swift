import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Cancelling tasks that use PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresCancellationTests {
    private static func mark() -> String { "mark \(UInt64.random(in: 0 ... .max))" }

    @Test("the server stops the statement, and the connection is as good as before")
    func stops() async throws {
        let mark = Self.mark()
        try await PostgresWorld.with(.single()) { database in
            let admin = try PostgresWorld.admin
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self)
            let task = Task {
                try await database.execute(
                    "SELECT pg_sleep(3600) /* \(SQL(verbatim: mark)) */")
            }
            try await reached { try await admin.runningStatements(like: "%\(mark)%") == 1 }
            task.cancel()
            let error = try await expectError(.cancelled) { _ = try await task.value }
            #expect(!error.mayHaveBeenApplied && error.operation == "execute")
            #expect(try await admin.runningStatements(like: "%\(mark)%") == 0)
            #expect(try await database.first("SELECT pg_backend_pid()", as: Int.self) == process)
        }
    }

    @Test("neighbours on the same connection do not notice")
    func neighbours() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementsPerConnection = 64
        configuration.connectionTimeout = .seconds(240)
        try await PostgresWorld.with(configuration) { database in
            try await database.execute("CREATE TABLE t (id int PRIMARY KEY)")
            try await withThrowingTaskGroup { group in
                for number in 0..<300 {
                    group.addTask {
                        let victim = Task {
                            try await database.execute("SELECT pg_sleep(\(3600.0))")
                        }
                        async let neighbour: Void = {
                            try await database.execute("INSERT INTO t VALUES (\(number))")
                        }()
                        for _ in 0..<(number % 50) { await Task.yield() }
                        victim.cancel()
                        try await neighbour
                        let error = await storageError { try await victim.value }
                        #expect(error?.code == .cancelled)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 300)
            #expect(database.pool.connectionCount == 1)
        }
    }

    @Test("a call that waits for a connection ends at once")
    func waiting() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementsPerConnection = 1
        try await PostgresWorld.with(configuration) { database in
            try await database.withTransaction { transaction in
                let statement = Task.detached { try await database.execute("SELECT 1") }
                let lease = Task.detached { try await database.withTransaction { _ in } }
                try await reached { database.pool.waitingCount == 2 }
                statement.cancel()
                lease.cancel()
                try await expectError(.cancelled) { _ = try await statement.value }
                try await expectError(.cancelled) { try await lease.value }
                #expect(database.pool.waitingCount == 0)
                try await transaction.execute("SELECT 1")
            }
        }
    }

    @Test("a task that is cancelled before it begins sends nothing")
    func before() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (id int)")
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await database.execute("INSERT INTO t VALUES (1)")
            }
            task.cancel()
            try await expectError(.cancelled) { _ = try await task.value }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
        }
    }

    @Test("in a transaction it is rolled back, a statement that waits for a lock included")
    func transaction() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (id int PRIMARY KEY)")
            try await database.withTransaction { holder in
                try await holder.execute("INSERT INTO t VALUES (1)")
                let waiter = Task.detached {
                    try await database.withTransaction { transaction in
                        try await transaction.execute("INSERT INTO t VALUES (2)")
                        try await transaction.execute("INSERT INTO t VALUES (1)")
                    }
                }
                let admin = try PostgresWorld.admin
                try await reached {
                    try await admin.first(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted", as: Int.self) ?? 0 > 0
                }
                waiter.cancel()
                try await expectError(.cancelled) { try await waiter.value }
            }
            let ids = try await database.query("SELECT id FROM t", as: Int.self, limit: 9)
            #expect(ids == [1])
        }
    }

    @Test("rows that are walked end, and their connection is free")
    func rows() async throws {
        try await PostgresWorld.with(.single()) { database in
            let task = Task {
                var count = 0
                let rows = database.query(
                    "SELECT x, pg_sleep(0.001)::text FROM generate_series(1, 1000000) x",
                    as: (Int, String).self)
                for try await _ in rows { count += 1 }
                return count
            }
            try await reached { database.pool.connectionCount == 1 }
            task.cancel()
            try await expectError(.cancelled) { _ = try await task.value }
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test("a statement that takes longer than it may is stopped by the server")
    func statementTimeout() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementTimeout = .milliseconds(50)
        try await PostgresWorld.with(configuration) { database in
            let error = try await expectError(.timedOut) {
                try await database.execute("SELECT pg_sleep(3600)")
            }
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        }
    }
}
