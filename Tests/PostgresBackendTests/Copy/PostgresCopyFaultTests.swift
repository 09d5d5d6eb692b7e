import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Faults while rows are copied to PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresCopyFaultTests {
    /// Rows without an end, of which somebody may count those that were taken.
    private struct Endless: AsyncSequence, Sendable {
        let taken = Taken()
        /// From here on it waits, until it is cancelled.
        var limit = Int.max
        /// From here on each row takes its time, so that no buffer is ever full.
        var slowFrom = Int.max

        struct AsyncIterator: AsyncIteratorProtocol {
            let taken: Taken
            let limit: Int
            let slowFrom: Int

            mutating func next() async throws -> (Int, String)? {
                while taken.count >= limit {
                    if Task.isCancelled { return nil }
                    await Task.yield()
                }
                if taken.count > slowFrom { for _ in 0..<100 { await Task.yield() } }
                return (taken.add(), "row")
            }
        }

        func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(taken: taken, limit: limit, slowFrom: slowFrom)
        }
    }

    /// How many rows were taken.
    private final class Taken: Sendable {
        private let value = Atomic(0)

        var count: Int { value.load(ordering: .sequentiallyConsistent) }

        func add() -> Int { value.add(1, ordering: .sequentiallyConsistent).newValue }
    }

    private static func schema(_ database: PostgresDatabase) async throws {
        try await database.execute("CREATE TABLE t (id int PRIMARY KEY, name text)")
    }

    private static func insert(_ rows: Endless, _ database: PostgresDatabase) async throws {
        try await database.insert(rows, into: "t", columns: ["id", "name"])
    }

    private static func count(_ database: PostgresDatabase) async throws -> Int? {
        try await database.first("SELECT count(*) FROM t", as: Int.self)
    }

    @Test("a task that is cancelled in the middle leaves nothing, on the same connection")
    func cancelled() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await Self.schema(database)
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self)
            let rows = Endless()
            let task = Task { try await Self.insert(rows, database) }
            try await reached { rows.taken.count > 50_000 }
            task.cancel()
            let error = try await expectError(.cancelled) { try await task.value }
            #expect(!error.mayHaveBeenApplied)
            #expect(try await Self.count(database) == 0)
            #expect(try await database.first("SELECT pg_backend_pid()", as: Int.self) == process)
        }
    }

    @Test("a source that ends because its task was cancelled does not count as complete")
    func cancelledSource() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await Self.schema(database)
            let rows = Endless(limit: 1000)
            let task = Task { try await Self.insert(rows, database) }
            try await reached { rows.taken.count == 1000 }
            task.cancel()
            try await expectError(.cancelled) { try await task.value }
            #expect(try await Self.count(database) == 0)
        }
    }

    @Test("a copy that waits for somebody's lock is stopped on the server")
    func cancelledAtLock() async throws {
        try await PostgresWorld.with { database in
            try await Self.schema(database)
            try await database.withTransaction { holder in
                try await holder.execute("INSERT INTO t VALUES (1, 'taken')")
                let rows = Endless()
                let task = Task.detached { try await Self.insert(rows, database) }
                let admin = try PostgresWorld.admin
                try await reached {
                    try await admin.first(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted", as: Int.self) ?? 0 > 0
                }
                task.cancel()
                try await expectError(.cancelled) { try await task.value }
            }
            #expect(try await Self.count(database) == 1)
        }
    }

    @Test("who gives rows waits while the server takes none, and memory does not grow")
    func backPressure() async throws {
        try await PostgresWorld.with { database in
            try await Self.schema(database)
            try await database.withTransaction { holder in
                try await holder.execute("LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE")
                // Not even the types are told while somebody has the table.
                let rows = Endless()
                let task = Task.detached { try await Self.insert(rows, database) }
                let admin = try PostgresWorld.admin
                try await reached {
                    try await admin.first(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted", as: Int.self) ?? 0 > 0
                }
                #expect(rows.taken.count <= 1)
                task.cancel()
                try await expectError(.cancelled) { try await task.value }
            }
            try await database.withTransaction { holder in
                try await holder.execute("INSERT INTO t VALUES (1, 'taken')")
                let rows = Endless()
                let task = Task.detached { try await Self.insert(rows, database) }
                // The server waits for the holder at its first rows, so only buffers fill.
                try await reached { database.isBlocked }
                let count = rows.taken.count
                for _ in 0..<1000 { await Task.yield() }
                // What had been asked for when the socket was full.
                #expect(rows.taken.count < count + 5000)
                task.cancel()
                try await expectError(.cancelled) { try await task.value }
            }
        }
    }

    @Test(
        "a refused row ends a copy whose source has no end, notices or none",
        arguments: [false, true])
    func refusedInTheMiddle(notices: Bool) async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute(
                "CREATE TABLE t (id int CHECK (id <> 1500), name text)")
            if notices { try await Self.addNotices(database) }
            let rows = Endless(slowFrom: 4000)
            let error = try await expectError(.constraintViolation) {
                try await Self.insert(rows, database)
            }
            #expect(error.constraint?.kind == .check && error.message.contains("row 1500"))
            #expect(try await Self.count(database) == 0)
        }
    }

    /// A hundredth of the rows has the server say something meanwhile.
    private static func addNotices(_ database: PostgresDatabase) async throws {
        try await database.execute(
            """
            CREATE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.id % 100 = 0 THEN RAISE NOTICE 'E row % ERROR S', NEW.id; END IF;
                RETURN NEW;
            END $$
            """)
        try await database.execute(
            "CREATE TRIGGER speak BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION speak()")
    }

    @Test("a process that is ended in the middle is told as such, and its connection is replaced")
    func terminated() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await Self.schema(database)
            let admin = try PostgresWorld.admin
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self) ?? 0
            let rows = Endless()
            let task = Task { try await Self.insert(rows, database) }
            try await reached { rows.taken.count > 10_000 }
            try await admin.execute("SELECT pg_terminate_backend(\(process)::int)")
            let error = try await expectError(.unavailable) { try await task.value }
            #expect(!error.mayHaveBeenApplied && error.isRetryable)
            #expect(try await Self.count(database) == 0)
            #expect(try await database.first("SELECT pg_backend_pid()", as: Int.self) != process)
        }
    }

    @Test("a server that crashes in the middle has none of the rows when it is back")
    func crash() async throws {
        let server = try await PostgresServerProcess.start()
        let database = try PostgresDatabase(server.url)
        try await Self.schema(database)
        let rows = Endless()
        let task = Task { try await Self.insert(rows, database) }
        try await reached { rows.taken.count > 10_000 }
        try await server.crash()
        let error = try await expectError(.unavailable) { try await task.value }
        #expect(!error.mayHaveBeenApplied)
        try await server.restart()
        try await reached { database.pool.connectionCount == 0 }
        #expect(try await Self.count(database) == 0)
        await database.close()
    }

    @Test(
        "a connection that is cut in the middle leaves nothing",
        arguments: [0, 1, 100_000, 1_234_567])
    func cut(after bytes: Int) async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let database = try PostgresDatabase(server.url(port: proxy.port), configuration: .single())
        try await Self.schema(database)
        let rows = Endless()
        let task = Task { try await Self.insert(rows, database) }
        try await reached { rows.taken.count > 1000 }
        proxy.cut(.resetting, after: bytes, .fromClient)
        let error = try await expectError(.unavailable) { try await task.value }
        #expect(!error.mayHaveBeenApplied)
        #expect(try await Self.count(database) == 0)
        await database.close()
    }

    @Test("a commit of copied rows whose answer is lost has an unknown outcome, and says so")
    func lostCommit() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        // One connection: the answer to another's opening would be lost instead.
        let database = try PostgresDatabase(server.url(port: proxy.port), configuration: .single())
        try await Self.schema(database)
        let error = try await expectError(.unavailable) {
            try await database.withTransaction { transaction in
                try await transaction.insert(
                    [(1, "one")], into: "t", columns: ["id", "name"])
                proxy.cut(.resetting, after: 0, .fromServer)
            }
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await Self.count(database) == 1)
        await database.close()
    }
}

extension PostgresDatabase {
    /// Whether one of its sockets takes no more at present.
    fileprivate var isBlocked: Bool {
        let links = pool.state.withLock { Array($0.links.values) }
        return links.contains { $0.core.withLock { $0.isBlocked } }
    }
}
