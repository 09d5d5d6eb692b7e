import RelationalBackend
import StorageKit
import Synchronization
import TestSupport
import Testing

@Suite("Cancelling work on SQLite", .nothingLeftOpen)
struct SQLiteCancellationTests {
    /// Never ends by itself.
    static let endless: SQL = """
        WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n
        """

    @Test("an endless query ends when its task is cancelled")
    func endlessQuery() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            let begun = HandOver()
            let task = Task {
                try await database.read { connection in
                    begun.signal()
                    return try connection.first(Self.endless, as: Int.self)
                }
            }
            await begun.wait()
            task.cancel()
            try await expectError(.cancelled) { _ = try await task.value }
        }
    }

    /// SQLite asks whether to go on every thousand steps, counted on from run to run, and so now
    /// and then when a statement has done its work and is committed.
    @Test("a statement that is cancelled at its end is there or not as its outcome says")
    func cancelledAtTheEnd() async throws {
        let folder = try TemporaryFolder()
        let running = Mutex<Task<SQLiteChanges, any Error>?>(nil)
        let cancel = SQLiteFunction.scalar("cancelled") { (id: Int) in
            running.withLock { $0?.cancel() }
            return id
        }
        let database = SQLiteDatabase(.file(folder.file("test.db")), functions: [cancel])
        try await database.execute("CREATE TABLE number (id INTEGER PRIMARY KEY)")
        for id in 0..<1_000 {
            let start = HandOver()
            let task = Task {
                await start.wait()
                return try await database.execute("INSERT INTO number VALUES (cancelled(\(id)))")
            }
            running.withLock { $0 = task }
            start.signal()
            let isDone = (try? await task.value) != nil
            let isThere =
                try await database.first(
                    "SELECT count(*) FROM number WHERE id = \(id)", as: Int.self) == 1
            #expect(isDone == isThere, "\(id)")
        }
        await database.close()
    }

    @Test("a cancelled transaction leaves nothing, and the connection is as good as before")
    func transaction() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            let begun = HandOver()
            let task = Task {
                try await database.write { connection in
                    try connection.execute("INSERT INTO todo VALUES (1, 'x', 0)")
                    begun.signal()
                    _ = try connection.first(Self.endless, as: Int.self)
                }
            }
            await begun.wait()
            task.cancel()
            try await expectError(.cancelled) { try await task.value }
            #expect(try await database.first("SELECT count(*) FROM todo", as: Int.self) == 0)
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
        }
    }

    @Test("a cancellation between two statements stops the second, and nothing is committed")
    func betweenStatements() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            let between = HandOver()
            let cancelled = HandOver()
            let task = Task {
                try await database.write { connection in
                    try connection.execute("INSERT INTO todo VALUES (1, 'x', 0)")
                    between.signal()
                    cancelled.waitOnThread()
                }
            }
            await between.wait()
            task.cancel()
            cancelled.signal()
            try await expectError(.cancelled) { try await task.value }
            #expect(try await database.first("SELECT count(*) FROM todo", as: Int.self) == 0)
        }
    }

    @Test("waiting for another's lock ends when the task is cancelled")
    func waitingForLock() async throws {
        let folder = try TemporaryFolder()
        let location = SQLiteLocation.file(folder.file("test.db"))
        let holder = SQLiteDatabase(location)
        let other = SQLiteDatabase(location, configuration: .init(busyTimeout: .seconds(86_400)))
        try await other.open()
        try await duringWrite(of: holder) {
            let waiting = Task { _ = try await other.execute("CREATE TABLE t (id)") }
            waiting.cancel()
            try await expectError(.cancelled) { try await waiting.value }
        }
        try await other.execute("CREATE TABLE t (id)")
        await holder.close()
        await other.close()
    }

    @Test(
        "whenever a cancellation comes, the connection serves the next call",
        .timeLimit(.minutes(5)))
    func anyMoment() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            struct Mine: Error {}
            for round in 0..<300 {
                let begun = HandOver()
                let task = Task {
                    try await database.write { connection in
                        begun.signal()
                        try connection.execute("INSERT INTO todo VALUES (1, 'x', 0)")
                        if round.isMultiple(of: 2) { throw Mine() }
                        _ = try connection.first(Self.endless, as: Int.self)
                    }
                }
                await begun.wait()
                for _ in 0..<(round % 17) { await Task.yield() }
                task.cancel()
                _ = await task.result
                let count = try await database.first("SELECT count(*) FROM todo", as: Int.self)
                #expect(count == 0)
            }
        }
    }

    @Test("a query on another connection is not disturbed by a neighbour's cancellation")
    func neighbour() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            let inRead = HandOver()
            let goOn = HandOver()
            async let neighbour = database.read { connection in
                var seen = 0
                try connection.forEach("VALUES (1), (2), (3)", as: Int.self) { _ in
                    if seen == 0 {
                        inRead.signal()
                        goOn.waitOnThread()
                    }
                    seen += 1
                }
                return seen
            }
            await inRead.wait()
            let task = Task { try await database.first(Self.endless, as: Int.self) }
            task.cancel()
            try await expectError(.cancelled) { _ = try await task.value }
            goOn.signal()
            #expect(try await neighbour == 3)
        }
    }
}
