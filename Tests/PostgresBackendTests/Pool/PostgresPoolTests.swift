import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "The connections of PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresPoolTests {
    @Test("ten thousand tasks over four connections all come back, transactions among them")
    func manyTasks() async throws {
        var configuration = PostgresConfiguration()
        configuration.maximumConnections = 4
        configuration.applicationName = "ten thousand"
        // All of them wait from the beginning, on a machine that may have other things to do.
        configuration.connectionTimeout = .seconds(240)
        try await PostgresWorld.with(configuration) { database in
            try await database.execute("CREATE TABLE t (id int)")
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<10_000 {
                    group.addTask {
                        guard number % 10 == 0 else {
                            return try await database.first("SELECT \(number)", as: Int.self) ?? 0
                        }
                        return try await database.withTransaction { transaction in
                            try await transaction.execute("INSERT INTO t VALUES (\(number))")
                            return number
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 49_995_000)
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 1000)
            #expect(database.pool.connectionCount <= 4)
            #expect(
                try await PostgresWorld.admin.connections(named: "ten thousand") <= 4)
        }
    }

    @Test("ten thousand tasks that do everything, and are cancelled at any time, leave no trace")
    func manyMixedTasks() async throws {
        var configuration = PostgresConfiguration()
        configuration.maximumConnections = 4
        configuration.connectionTimeout = .seconds(240)
        try await PostgresWorld.with(configuration) { database in
            try await database.execute("CREATE TABLE t (id int PRIMARY KEY, other int)")
            let outcomes = await withTaskGroup(of: (Int, StorageError?).self) { group in
                var random = SeededGenerator(seed: testSeed)
                for number in 0..<10_000 {
                    let isCancelled = Int.random(in: 0..<10, using: &random) == 0
                    let pause = Int.random(in: 0..<40, using: &random)
                    group.addTask {
                        let task = Task { await Self.act(number, database) }
                        if isCancelled {
                            for _ in 0..<pause { await Task.yield() }
                            task.cancel()
                        }
                        return (number, await task.value)
                    }
                }
                return await group.reduce(into: [Int: StorageError?]()) { $0[$1.0] = $1.1 }
            }
            let failures = outcomes.values.compactMap(\.self)
            #expect(outcomes.count == 10_000)
            #expect(failures.allSatisfy { $0.code == .cancelled && !$0.mayHaveBeenApplied })
            #expect(!failures.isEmpty && failures.count <= 1500)
            let rows = try await database.query(
                "SELECT id, other FROM t", as: (Int, Int).self, limit: .max)
            let expected = outcomes.filter { $0.key % 5 < 3 && $0.value == nil }.keys
            #expect(Set(rows.map(\.0)) == Set(expected), "done although it failed, or not done")
            #expect(rows.allSatisfy { $0.0 == $0.1 }, "half of a transaction")
            #expect(database.pool.connectionCount <= 4 && database.pool.waitingCount == 0)
        }
    }

    /// What one of many tasks does: three of five leave a row.
    private static func act(_ number: Int, _ database: PostgresDatabase) async -> StorageError? {
        await storageError {
            switch number % 5 {
            case 0:
                try await database.execute("INSERT INTO t VALUES (\(number), \(number))")
            case 1:
                try await database.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (\(number), 0)")
                    await Task.yield()
                    try await transaction.execute(
                        "UPDATE t SET other = \(number) WHERE id = \(number)")
                }
            case 2:
                try await database.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (\(number), \(number))")
                    let inner = await storageError {
                        try await transaction.withTransaction { inner in
                            try await inner.execute("INSERT INTO t VALUES (\(number), 1)")
                        }
                    }
                    if let inner, inner.code == .cancelled { throw inner }
                }
            case 3:
                for try await _ in database.query(
                    "SELECT generate_series(1, 50)", as: Int.self) where number % 2 == 0
                { break }
            default: _ = try await database.first("SELECT \(number)", as: Int.self)
            }
        }
    }

    @Test("nothing is opened before the first call, and close finds nothing to do")
    func lazy() async throws {
        let database = try PostgresDatabase(TestServer.postgres.url())
        #expect(database.pool.connectionCount == 0)
        await database.close()
        try await expectError(.invalidState) { try await database.execute("SELECT 1") }
    }

    @Test("one call after the other needs one connection, however fast they come")
    func sequential() async throws {
        try await PostgresWorld.with { database in
            for number in 0..<2000 {
                let answer = try await database.first("SELECT \(number)", as: Int.self)
                #expect(answer == number && database.pool.connectionCount == 1)
            }
            for _ in 0..<200 {
                try await database.withTransaction { _ = try await $0.execute("SELECT 1") }
                #expect(database.pool.connectionCount == 1)
            }
        }
    }

    @Test("close finishes what was accepted")
    func close() async throws {
        let database = try PostgresDatabase(
            TestServer.postgres.url(), configuration: .single())
        try await database.open()
        let accepted = (0..<20).map { number in
            Task {
                try await database.withTransaction { transaction in
                    try await transaction.first("SELECT \(number)", as: Int.self)
                }
            }
        }
        try await reached { database.pool.waitingCount >= 10 }
        await database.close()
        #expect(database.pool.connectionCount == 0)
        let answers = await withTaskGroup { group in
            for task in accepted { group.addTask { try? await task.value } }
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        // Those that had come to the pool before it was closed, and those that came too late.
        #expect(answers.compactMap(\.self).count >= 10)
        try await expectError(.invalidState) { try await database.execute("SELECT 1") }
    }

    @Test("the last reference closes the connections")
    func lastReference() async throws {
        let name = "last reference \(UInt64.random(in: 0 ... .max))"
        let admin = try PostgresWorld.admin
        do {
            let database = try PostgresDatabase(
                TestServer.postgres.url(), configuration: .single(name))
            try await database.open()
            #expect(try await admin.connections(named: name) == 1)
        }
        try await reached { try await admin.connections(named: name) == 0 }
    }

    @Test("whoever waits too long is told what to do")
    func patience() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.connectionTimeout = .milliseconds(20)
        try await PostgresWorld.with(configuration) { database in
            // However long it takes here to open one.
            try await reached { (try? await database.open()) != nil }
            try await database.withTransaction { transaction in
                try await transaction.execute("SELECT 1")
                for isLease in [true, false] {
                    let call = Task.detached {
                        if isLease {
                            try await database.withTransaction { _ in }
                        } else {
                            try await database.execute("SELECT 1")
                        }
                    }
                    let error = try await expectError(.resourceExhausted) { try await call.value }
                    #expect(error.message.contains("maximumConnections"))
                    #expect(!error.mayHaveBeenApplied)
                }
            }
        }
    }

    @Test("a connection that nobody uses is closed, and the next call opens another")
    func idle() async throws {
        var configuration = PostgresConfiguration()
        configuration.idleTimeout = .milliseconds(20)
        try await PostgresWorld.with(configuration) { database in
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
            try await reached { database.pool.connectionCount == 0 }
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test("what a body changes of the session is not found by the next one")
    func reset() async throws {
        try await PostgresWorld.with(.single()) { database in
            let settings: SQL = "SELECT current_setting('work_mem')"
            let before = try await database.first(settings, as: String.self)
            try await database.withConnection { connection in
                try await connection.execute("SET work_mem = '77MB'")
                try await connection.execute("CREATE TEMPORARY TABLE mine (id int)")
                try await connection.execute("SELECT pg_advisory_lock(4711)")
                #expect(try await connection.first(settings, as: String.self) == "77MB")
            }
            #expect(try await database.first(settings, as: String.self) == before)
            try await expectError(.invalidStatement) { try await database.execute("TABLE mine") }
            let locks = try await database.first(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711",
                as: Int.self)
            #expect(locks == 0)
            try await database.execute("SET work_mem = '78MB'")
            #expect(try await database.first(settings, as: String.self) == before)
            try await database.withTransaction { _ = try await $0.execute("SET work_mem = '79MB'") }
            #expect(try await database.first(settings, as: String.self) == before)
            _ = try await database.withConnection(.readOnly) { connection in
                try await expectError(.permissionDenied) {
                    try await connection.execute("CREATE TABLE t (id int)")
                }
            }
            try await database.execute("CREATE TABLE t (id int)")
        }
    }
}
