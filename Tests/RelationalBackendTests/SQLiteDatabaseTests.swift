import StorageKit
import TestSupport
import Testing

@testable import RelationalBackend

/// What every kind of database does; run on a file and in memory.
@Suite("A SQLite database", .nothingLeftOpen)
struct SQLiteDatabaseTests {
    enum Kind: String, CaseIterable, Sendable { case file, memory }

    /// A database with the table `todo (id, title, done)`.
    static func withDatabase(
        _ kind: Kind, _ body: (SQLiteDatabase) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let location =
            switch kind {
            case .file: SQLiteLocation.file(folder.file("test.db"))
            case .memory: SQLiteLocation.memory
            }
        let database = SQLiteDatabase(location)
        try await database.execute(
            script: """
                CREATE TABLE todo (
                    id INTEGER PRIMARY KEY, title TEXT NOT NULL, done INTEGER NOT NULL
                ) STRICT
                """)
        try await body(database)
        await database.close()
        withExtendedLifetime(folder) {}
    }

    struct Todo: Codable, Equatable, Identifiable, Sendable {
        var id: Int
        var title: String
        var done: Bool
    }

    @Test(
        "a row written comes back as a struct, a tuple and a single value", arguments: Kind.allCases
    )
    func roundTrip(kind: Kind) async throws {
        try await Self.withDatabase(kind) { database in
            let changes = try await database.execute(
                "INSERT INTO todo VALUES (\(1), \("Water the plants"), \(false))")
            #expect(changes == SQLiteChanges(rowCount: 1, lastInsertedRowID: 1))
            let all: SQL = "SELECT id, title, done FROM todo"
            let todo = Todo(id: 1, title: "Water the plants", done: false)
            #expect(try await database.query(all, as: Todo.self, limit: 10) == [todo])
            #expect(try await database.first(all, as: Todo.self) == todo)
            let tuple = try await database.first(all, as: (Int, String, Bool).self)
            #expect(try #require(tuple) == (1, "Water the plants", false))
            let count = try await database.first("SELECT count(*) FROM todo", as: Int.self)
            #expect(count == 1)
        }
    }

    @Test("a question without an answer is nil, or an empty array", arguments: Kind.allCases)
    func empty(kind: Kind) async throws {
        try await Self.withDatabase(kind) { database in
            let first = try await database.first("SELECT * FROM todo", as: Todo.self)
            let all = try await database.query("SELECT * FROM todo", as: Todo.self, limit: 1000)
            #expect(first == nil)
            #expect(all == [])
        }
    }

    @Test("a transaction that returns is there whole", arguments: Kind.allCases)
    func commit(kind: Kind) async throws {
        try await Self.withDatabase(kind) { database in
            try await database.write { connection in
                for id in 1...10 {
                    try connection.execute("INSERT INTO todo VALUES (\(id), 'x', 0)")
                }
            }
            #expect(try await database.first("SELECT count(*) FROM todo", as: Int.self) == 10)
        }
    }

    @Test(
        "a transaction that throws leaves nothing, and its error is the caller's",
        arguments: Kind.allCases)
    func rollback(kind: Kind) async throws {
        struct Mine: Error {}
        try await Self.withDatabase(kind) { database in
            await #expect(throws: Mine.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO todo VALUES (1, 'x', 0)")
                    throw Mine()
                }
            }
            let count = try await database.first("SELECT count(*) FROM todo", as: Int.self)
            #expect(count == 0)
        }
    }

    @Test("a read cannot write, and the next write can", arguments: Kind.allCases)
    func readOnly(kind: Kind) async throws {
        try await Self.withDatabase(kind) { database in
            let error = try await expectError(.permissionDenied) {
                _ = try await database.read { try $0.execute("DELETE FROM todo") }
            }
            #expect(error.native?.name == "SQLITE_READONLY")
            try await expectError(.permissionDenied) {
                _ = try await database.read {
                    try $0.first("DELETE FROM todo RETURNING id", as: Int.self)
                }
            }
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
        }
    }

    @Test("a transaction ended inside the body is refused", arguments: ["COMMIT", "ROLLBACK"])
    func foreignEnd(statement: String) async throws {
        try await Self.withDatabase(.memory) { database in
            let error = try await expectError(.invalidState) {
                try await database.write { try $0.execute(script: statement) }
            }
            #expect(error.mayHaveBeenApplied)
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
        }
    }

    @Test("after an error that rolled the transaction back, nothing more of the body is committed")
    func implicitRollback() async throws {
        try await Self.withDatabase(.memory) { database in
            try await database.execute(
                script: """
                    CREATE TRIGGER t BEFORE INSERT ON todo WHEN NEW.id = 2
                    BEGIN SELECT RAISE(ROLLBACK, 'no'); END
                    """)
            try await expectError(.invalidState) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO todo VALUES (1, 'x', 0)")
                    _ = try? connection.execute("INSERT INTO todo VALUES (2, 'x', 0)")
                    try connection.execute("INSERT INTO todo VALUES (3, 'x', 0)")
                }
            }
            let count = try await database.first("SELECT count(*) FROM todo", as: Int.self)
            #expect(count == 0)
        }
    }

    @Test("BEGIN by itself is refused and leaves no transaction open", arguments: Kind.allCases)
    func loneBegin(kind: Kind) async throws {
        try await Self.withDatabase(kind) { database in
            try await expectError(.invalidState) { try await database.execute("BEGIN") }
            try await expectError(.invalidState) {
                _ = try await database.first("BEGIN", as: Int.self)
            }
            try await database.write { _ in }
            try await database.read { _ in }
        }
    }

    @Test("the first read does not wait for a write that is under way")
    func firstRead() async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("test.db")))
        try await duringWrite(of: database) {
            let one = try await database.first("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
        await database.close()
    }

    @Test("a relative path is the same file whatever folder the process moves to")
    func relativePath() {
        let location = SQLiteLocation.file("some/test.db").absolute
        guard case .file(let path) = location else {
            Issue.record("\(location)")
            return
        }
        #expect(path.hasPrefix("/") && path.hasSuffix("/some/test.db"))
        #expect(SQLiteLocation.file("/a.db").absolute == .file("/a.db"))
        #expect(SQLiteLocation.memory.absolute == .memory)
    }

    @Test("a file that is taken away is not made anew by a reader")
    func removedFile() async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("test.db")))
        try await database.open()
        for name in try folder.names() { try folder.remove(name) }
        try await expectError(.unavailable) {
            _ = try await database.first("SELECT 1", as: Int.self)
        }
        #expect(try folder.names() == [])
        await database.close()
    }

    @Test("a script runs whole or not at all", arguments: Kind.allCases)
    func script(kind: Kind) async throws {
        try await Self.withDatabase(kind) { database in
            try await expectError(.invalidStatement) {
                try await database.execute(
                    script: "INSERT INTO todo VALUES (1, 'x', 0); INSERT INTO nowhere VALUES (1)")
            }
            #expect(try await database.first("SELECT count(*) FROM todo", as: Int.self) == 0)
        }
    }

    @Test("a statement that changes no rows reports none, whatever the one before it did")
    func changes() async throws {
        try await Self.withDatabase(.memory) { database in
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0), (2, 'y', 0)")
            #expect(try await database.execute("CREATE TABLE other (id)").rowCount == 0)
            #expect(try await database.execute("DELETE FROM todo WHERE id > 5").rowCount == 0)
            #expect(try await database.execute("UPDATE todo SET done = 0").rowCount == 2)
        }
    }

    @Test("a read goes on seeing its snapshot while a write commits beside it")
    func snapshot() async throws {
        try await Self.withDatabase(.file) { database in
            let inRead = HandOver()
            let written = HandOver()
            async let counts = database.read { connection in
                let before = try connection.first("SELECT count(*) FROM todo", as: Int.self)
                inRead.signal()
                written.waitOnThread()
                return [before, try connection.first("SELECT count(*) FROM todo", as: Int.self)]
            }
            await inRead.wait()
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
            written.signal()
            #expect(try await counts == [0, 0])
            #expect(try await database.first("SELECT count(*) FROM todo", as: Int.self) == 1)
        }
    }

    @Test("a database can be opened by many at the same moment")
    func concurrentOpening() async throws {
        let folder = try TemporaryFolder()
        try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    let database = SQLiteDatabase(.file(folder.file("test.db")))
                    try await database.execute(
                        script: "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)")
                    try await database.execute("INSERT INTO t VALUES (\(number))")
                    await database.close()
                }
            }
            try await group.waitForAll()
        }
        let database = SQLiteDatabase(.file(folder.file("test.db")))
        #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 8)
        await database.close()
    }

    @Test("closing leaves one file, in which another connection finds everything")
    func closing() async throws {
        let folder = try TemporaryFolder()
        let first = SQLiteDatabase(.file(folder.file("test.db")))
        try await first.execute(script: "CREATE TABLE t (id); INSERT INTO t VALUES (7)")
        #expect(try await first.first("SELECT id FROM t", as: Int.self) == 7)
        await first.close()
        #expect(try folder.names() == ["test.db"])
        let second = SQLiteDatabase(.file(folder.file("test.db")))
        #expect(try await second.first("SELECT id FROM t", as: Int.self) == 7)
        await second.close()
        try await expectError(.invalidState) {
            _ = try await first.first("SELECT id FROM t", as: Int.self)
        }
    }

    @Test(
        "the durability is the one that was configured",
        arguments: [
            (SQLiteConfiguration.Durability.full, 2), (.normal, 1),
        ])
    func durability(level: SQLiteConfiguration.Durability, synchronous: Int) async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(
            .file(folder.file("test.db")), configuration: .init(durability: level))
        let found = try await database.write { connection in
            try connection.first("PRAGMA synchronous", as: Int.self)
        }
        #expect(found == synchronous)
        await database.close()
    }
}
