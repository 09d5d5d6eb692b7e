import Foundation
import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "PostgreSQL that takes too long, or is silent",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresTimeoutTests {
    private typealias World = PostgresFaultTests.World

    /// A second is long enough for what is answered, on a machine that has other things to do.
    private static var impatient: PostgresConfiguration {
        var configuration = PostgresConfiguration.single()
        configuration.operationTimeout = .seconds(1)
        configuration.stopTimeout = .milliseconds(100)
        return configuration
    }

    /// A write that may be tried again.
    private static let second: SQL = "INSERT INTO t VALUES (2) ON CONFLICT DO NOTHING"

    private static let patient = PostgresConfiguration.single()

    @Test("a statement that takes too long is stopped, and its connection is as good as before")
    func stopped() async throws {
        try await PostgresWorld.with(Self.impatient) { database in
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self)
            let error = try await expectError(.timedOut) {
                try await database.execute("SELECT pg_sleep(3600)")
            }
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
            #expect(error.native?.name == "57014" && error.message.contains("operationTimeout"))
            #expect(error.statement == "SELECT pg_sleep(3600)")
            #expect(try await database.first("SELECT pg_backend_pid()", as: Int.self) == process)
        }
    }

    @Test("in a transaction nothing of it is done")
    func transaction() async throws {
        try await PostgresWorld.with(Self.impatient) { database in
            try await database.execute("CREATE TABLE t (id int)")
            let error = try await expectError(.timedOut) {
                try await database.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    try await transaction.execute("SELECT pg_sleep(3600)")
                }
            }
            #expect(!error.mayHaveBeenApplied)
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
        }
    }

    @Test("rows have their time when they are waited for, and none while they are not")
    func rows() async throws {
        try await PostgresWorld.with(Self.impatient) { database in
            try await PostgresWorld.with(Self.impatient) { clock in
                var count = 0
                for try await _ in database.query(
                    "SELECT x, repeat('x', 100) FROM generate_series(1, 100000) x",
                    as: (Int, String).self)
                {
                    count += 1
                    guard count == 1 else { continue }
                    // It takes as long as the rows may.
                    try await expectError(.timedOut) {
                        try await clock.execute("SELECT pg_sleep(3600)")
                    }
                }
                #expect(count == 100_000)
                let error = try await expectError(.timedOut) {
                    for try await _ in database.query(
                        "SELECT x, pg_sleep(3600)::text FROM generate_series(1, 3) x",
                        as: (Int, String).self)
                    {}
                }
                #expect(!error.mayHaveBeenApplied)
            }
        }
    }

    @Test("a server that is stopped ends a write with the truth, and is used again when it goes on")
    func silentServer() async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        try await world.server.stop()
        let error = try await expectError(.timedOut) {
            try await world.database.execute("INSERT INTO t VALUES (1)")
        }
        #expect(error.mayHaveBeenApplied && error.isRetryable)
        #expect(error.message.contains("operationTimeout"))
        try await reached { world.database.pool.connectionCount == 0 }
        world.server.resume()
        // It finds the write and the request to stop it, in whichever order.
        try await reached {
            (try? await world.database.execute(Self.second)) != nil
        }
        #expect(try await Set(world.ids()).subtracting([1]) == [2])
        await world.end()
    }

    @Test("a write whose answer is swallowed may have been applied, and here it was")
    func swallowedAnswer() async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        world.proxy.swallow([.fromServer])
        let error = try await expectError(.timedOut) {
            try await world.database.execute("INSERT INTO t VALUES (1)")
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await world.ids() == [1])
        world.proxy.pass()
        world.proxy.cut(.resetting)
        await world.end()
    }

    @Test("one process of the server's that hangs costs its own connection and no other")
    func silentProcess() async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        let process = try #require(
            try await world.database.first("SELECT pg_backend_pid()", as: Int.self))
        kill(pid_t(process), SIGSTOP)
        let error = try await expectError(.timedOut) {
            try await world.database.execute("INSERT INTO t VALUES (1)")
        }
        #expect(error.mayHaveBeenApplied)
        try await reached { (try? await world.database.execute(Self.second)) != nil }
        kill(pid_t(process), SIGCONT)
        let next = try await world.database.first("SELECT pg_backend_pid()", as: Int.self)
        #expect(next != nil && next != process)
        #expect(try await world.ids().contains(2))
        await world.end()
    }

    @Test("a server that is stopped under a transaction has changed nothing, whoever notices it")
    func silentTransaction() async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        let error = try await expectError(.timedOut) {
            try await world.database.withTransaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                try await world.server.stop()
                try await transaction.execute("INSERT INTO t VALUES (2)")
            }
        }
        #expect(!error.mayHaveBeenApplied)
        world.server.resume()
        #expect(try await world.ids() == [])
        await world.end()
    }

    @Test("a commit that is not answered has an unknown outcome, and here there was none")
    func silentCommit() async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        let error = try await expectError(.timedOut) {
            try await world.database.withTransaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                world.proxy.swallow()
            }
        }
        #expect(error.mayHaveBeenApplied)
        world.proxy.pass()
        world.proxy.cut(.resetting)
        #expect(try await world.ids() == [])
        await world.end()
    }

    @Test("a cancelled task is not held by a commit that is not answered, with no time limit set")
    func cancelledCommit() async throws {
        var configuration = Self.patient
        configuration.stopTimeout = .milliseconds(100)
        let world = try await World(configuration)
        let call = Task {
            try await expectError(.unavailable) {
                try await world.database.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    world.proxy.swallow([.fromServer])
                }
            }
        }
        // The commit has arrived, for nothing else makes the row visible.
        try await reached { (try? await world.ids()) == [1] }
        call.cancel()
        #expect(try await call.value.mayHaveBeenApplied)
        world.proxy.pass()
        world.proxy.cut(.resetting)
        await world.end()
    }

    @Test("a cancelled task is not held by a rollback that is not answered")
    func cancelledRollback() async throws {
        var configuration = Self.patient
        configuration.stopTimeout = .milliseconds(100)
        let world = try await World(configuration)
        let call = Task {
            try await world.database.withTransaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                world.proxy.swallow()
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        let error = await #expect(throws: StorageError.self) { try await call.value }
        #expect(error?.code == .cancelled && error?.mayHaveBeenApplied == false)
        world.proxy.pass()
        world.proxy.cut(.resetting)
        #expect(try await world.ids() == [])
        await world.end()
    }

    @Test("rows that stop coming in the middle of one end with an error", arguments: [false, true])
    func silentRows(inTransaction: Bool) async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        world.proxy.hold(.fromServer, after: 100_001)
        let query: SQL = "SELECT x, repeat('x', 100) FROM generate_series(1, 100000) x"
        let error = try await expectError(.timedOut) {
            if inTransaction {
                try await world.database.withTransaction { transaction in
                    for try await _ in transaction.query(query, as: (Int, String).self) {}
                }
            } else {
                for try await _ in world.database.query(query, as: (Int, String).self) {}
            }
        }
        #expect(!error.mayHaveBeenApplied)
        world.proxy.pass()
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        await world.end()
    }

    @Test("rows that nobody wants any more do not hold those who come after them")
    func abandonedRows() async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        world.proxy.hold(.fromServer, after: 1_000_000)
        let error = await storageError {
            try await world.database.withTransaction { transaction in
                let rows = transaction.query(
                    """
                    INSERT INTO t SELECT generate_series(1, 100000)
                    RETURNING id, repeat('x', 100)
                    """, as: (Int, String).self)
                for try await _ in rows { break }
                try await transaction.execute("SELECT 1")
            }
        }
        #expect(error?.code == .timedOut)
        world.proxy.pass()
        #expect(try await world.ids() == [])
        await world.end()
    }

    @Test("rows that are copied have no limit while their source thinks")
    func slowCopy() async throws {
        try await PostgresWorld.with(Self.impatient) { database in
            try await database.execute("CREATE TABLE t (id int)")
            try await PostgresWorld.with(Self.impatient) { clock in
                let numbers = Numbers(count: 2000) { number in
                    guard number == 1500 else { return }
                    // It takes as long as a statement may.
                    try await expectError(.timedOut) {
                        try await clock.execute("SELECT pg_sleep(3600)")
                    }
                }
                let count = try await database.insert(
                    numbers.stream, into: "t", columns: ["id"])
                #expect(count == 2000)
            }
        }
    }

    @Test("a copy into a server that is silent ends with an error and leaves nothing")
    func silentCopy() async throws {
        let world = try await World(Self.impatient)
        try await reached { (try? await world.database.execute("SELECT 1")) != nil }
        let numbers = Numbers(count: 5_000_000) { number in
            if number == 5000 { try await world.server.stop() }
        }
        let error = try await expectError(.timedOut) {
            try await world.database.insert(numbers.stream, into: "t", columns: ["id"])
        }
        #expect(!error.mayHaveBeenApplied)
        world.server.resume()
        #expect(try await world.ids() == [])
        await world.end()
    }

    /// So many numbers, with something that happens before each.
    private actor Numbers {
        private let count: Int
        private let before: @Sendable (Int) async throws -> Void
        private var last = 0

        init(count: Int, before: @escaping @Sendable (Int) async throws -> Void) {
            self.count = count
            self.before = before
        }

        nonisolated var stream: AsyncThrowingStream<Int, any Error> {
            AsyncThrowingStream { try await self.next() }
        }

        private func next() async throws -> Int? {
            guard last < count else { return nil }
            last += 1
            try await before(last)
            return last
        }
    }

    @Test("a transaction may have a limit of its own, which is the server's and goes with it")
    func localTimeout() async throws {
        try await PostgresWorld.with(Self.patient) { database in
            let setting: SQL = "SELECT current_setting('statement_timeout')"
            let before = try await database.first(setting, as: String.self)
            let error = try await expectError(.timedOut) {
                try await database.withTransaction { transaction in
                    try await transaction.execute("SET LOCAL statement_timeout = '50ms'")
                    try await transaction.execute("SELECT pg_sleep(3600)")
                }
            }
            #expect(!error.mayHaveBeenApplied && error.message.contains("statementTimeout"))
            #expect(try await database.first(setting, as: String.self) == before)
        }
    }

    @Test("of several hosts one that is silent is passed over")
    func silentHost() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        proxy.swallow()
        var configuration = PostgresConfiguration()
        configuration.connectTimeout = .seconds(1)
        let database = try PostgresDatabase(
            "host=127.0.0.1,127.0.0.1 port=\(proxy.port),\(server.port) user=postgres "
                + "password=\(server.password) dbname=postgres", configuration: configuration)
        try await database.open()
        let port = try await database.first("SELECT inet_server_port()", as: Int.self)
        #expect(port == Int(server.port))
        await database.close()
    }
}
