import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Faults of PostgreSQL and of the network",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresFaultTests {
    /// A server of the test's own, a relay in front of it, and a database that goes through it.
    struct World {
        let server: PostgresServerProcess
        let proxy: TCPProxy
        let database: PostgresDatabase
        /// The way around the relay.
        let direct: PostgresDatabase

        init(_ configuration: PostgresConfiguration = .init()) async throws {
            server = try await PostgresServerProcess.start()
            proxy = try TCPProxy(to: server.port)
            database = try PostgresDatabase(
                server.url(port: proxy.port), configuration: configuration)
            direct = try PostgresDatabase(server.url)
            try await direct.execute("CREATE TABLE t (id int PRIMARY KEY)")
        }

        func ids() async throws -> [Int] {
            try await direct.query("SELECT id FROM t ORDER BY id", as: Int.self, limit: 100)
        }

        func end() async {
            await database.close()
            await direct.close()
        }
    }

    @Test(
        "a connection whose process was ended is replaced, and its statement may not have been done"
    )
    func terminated() async throws {
        try await PostgresWorld.with(.single()) { database in
            let admin = try PostgresWorld.admin
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self) ?? 0
            let task = Task { try await database.execute("SELECT pg_sleep(3600)") }
            try await reached {
                try await admin.first(
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE pid = \(process) AND wait_event = 'PgSleep'
                    """,
                    as: Int.self) == 1
            }
            try await admin.execute("SELECT pg_terminate_backend(\(process)::int)")
            let error = try await expectError(.unavailable) { _ = try await task.value }
            #expect(error.isRetryable)
            #expect(error.native?.name == "57P01")
            let next = try await database.first("SELECT pg_backend_pid()", as: Int.self)
            #expect(next != nil && next != process)
            // And one that is idle when it is ended.
            try await admin.execute("SELECT pg_terminate_backend(\(next ?? 0)::int)")
            try await reached { database.pool.connectionCount == 0 }
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test("a write whose answer is lost may have been applied, and here it was")
    func lostAnswer() async throws {
        let world = try await World()
        _ = try await world.database.first("SELECT 1", as: Int.self)
        world.proxy.cut(.resetting, after: 0, .fromServer)
        let error = try await expectError(.unavailable) {
            try await world.database.execute("INSERT INTO t VALUES (1)")
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await world.ids() == [1])
        try await world.database.execute("INSERT INTO t VALUES (2)")
        #expect(try await world.ids() == [1, 2])
        await world.end()
    }

    @Test("a transaction that is cut off before its commit has changed nothing, and says so")
    func lostInside() async throws {
        let world = try await World()
        let error = try await expectError(.unavailable) {
            try await world.database.withTransaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                world.proxy.cut(.resetting, after: 0, .fromServer)
                try await transaction.execute("INSERT INTO t VALUES (2)")
            }
        }
        #expect(!error.mayHaveBeenApplied)
        #expect(try await world.ids() == [])
        await world.end()
    }

    @Test("a commit whose answer is lost has an unknown outcome, and says so")
    func lostCommit() async throws {
        // One connection: the answer to another's opening would be lost instead.
        let world = try await World(.single())
        let error = try await expectError(.unavailable) {
            try await world.database.withTransaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                world.proxy.cut(.resetting, after: 0, .fromServer)
            }
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await world.ids() == [1])
        await world.end()
    }

    @Test("a commit by hand whose answer is lost has an unknown outcome too")
    func lostCommitByHand() async throws {
        let world = try await World(.single())
        let error = try await expectError(.unavailable) {
            try await world.database.withConnection { connection in
                try await connection.execute("BEGIN")
                try await connection.execute("INSERT INTO t VALUES (1)")
                world.proxy.cut(.resetting, after: 0, .fromServer)
                try await connection.execute("COMMIT")
            }
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await world.ids() == [1])
        await world.end()
    }

    @Test("rows that are cut off in the middle of one end with an error", arguments: [false, true])
    func cutRows(inTransaction: Bool) async throws {
        let world = try await World()
        _ = try await world.database.first("SELECT 1", as: Int.self)
        world.proxy.cut(.closing, after: 100_001, .fromServer)
        let query: SQL = "SELECT x, repeat('x', 100) FROM generate_series(1, 100000) x"
        let count = Counter()
        let error = try await expectError(.unavailable) {
            if inTransaction {
                try await world.database.withTransaction { transaction in
                    for try await _ in transaction.query(query, as: (Int, String).self) {
                        await count.add()
                    }
                }
            } else {
                for try await _ in world.database.query(query, as: (Int, String).self) {
                    await count.add()
                }
            }
        }
        #expect(!error.mayHaveBeenApplied)
        #expect(await count.value < 1000)
        #expect(try await world.database.first("SELECT 1", as: Int.self) == 1)
        await world.end()
    }

    private actor Counter {
        var value = 0
        func add() { value += 1 }
    }

    @Test("a server that is shut down, crashes and comes back is found again")
    func restart() async throws {
        let world = try await World()
        try await world.database.execute("INSERT INTO t VALUES (1)")
        try await world.server.shutdown()
        try await reached { world.database.pool.connectionCount == 0 }
        let error = try await expectError(.unavailable) {
            try await world.database.execute("INSERT INTO t VALUES (2)")
        }
        #expect(!error.mayHaveBeenApplied && error.isRetryable)
        try await world.server.restart()
        try await world.database.execute("INSERT INTO t VALUES (3)")
        try await world.server.crash()
        try await world.server.restart()
        try await reached { world.database.pool.connectionCount == 0 }
        try await reached { world.direct.pool.connectionCount == 0 }
        try await world.database.execute("INSERT INTO t VALUES (4)")
        #expect(try await world.ids() == [1, 3, 4])
        await world.end()
    }

    @Test("a server that answers nothing any more does not hold a cancelled task")
    func deaf() async throws {
        let world = try await World(.single())
        _ = try await world.database.first("SELECT 1", as: Int.self)
        world.proxy.swallow()
        let sent = world.proxy.counts.fromClient.received
        let task = Task { try await world.database.execute("INSERT INTO t VALUES (1)") }
        try await world.proxy.counts { $0.fromClient.received > sent }
        task.cancel()
        let error = try #require(await storageError { _ = try await task.value })
        #expect(error.code == .unavailable && error.mayHaveBeenApplied)
        world.proxy.pass()
        world.proxy.cut(.resetting)
        try await world.database.execute("INSERT INTO t VALUES (2)")
        await world.end()
    }

    @Test("a server that takes no connection is given up in time")
    func silent() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        proxy.swallow()
        var configuration = PostgresConfiguration()
        configuration.connectTimeout = .milliseconds(100)
        let database = try PostgresDatabase(
            server.url(port: proxy.port), configuration: configuration)
        let error = try await expectError(.unavailable) { try await database.open() }
        #expect(error.message.contains("connectTimeout"))
        await database.close()
    }
}
