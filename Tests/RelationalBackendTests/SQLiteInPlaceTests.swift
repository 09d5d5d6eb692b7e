import StorageKit
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Reads in place", .nothingLeftOpen)
struct SQLiteInPlaceTests {
    typealias Todo = SQLiteDatabaseTests.Todo

    /// A file with three rows, and a table whose first read has prepared a connection.
    static func withTable(
        _ configuration: SQLiteConfiguration = .init(durability: .normal),
        _ body: (SQLiteTable<Todo>, SQLiteDatabase) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(
            .file(folder.file("test.db")), configuration: configuration)
        try await database.execute(
            script: """
                CREATE TABLE todo (
                    id INTEGER PRIMARY KEY, title TEXT NOT NULL, done INTEGER NOT NULL
                ) STRICT;
                INSERT INTO todo VALUES (1, 'a', 0), (2, 'b', 0), (3, 'c', 0);
                """)
        let table = SQLiteTable<Todo>("todo", in: database)
        #expect(try await table.get(1)?.title == "a")
        try await body(table, database)
        await database.close()
        #expect(try folder.names() == ["test.db"], "what is left of connections")
    }

    /// How many reads went to a worker during the body.
    ///
    /// A machine that stops for a millisecond makes the gauge send the next ones there, so some
    /// may.
    static func hops(of database: SQLiteDatabase, _ body: () async throws -> Void) async throws
        -> Int
    {
        let before = database.readers?.acceptedCalls ?? 0
        try await body()
        return (database.readers?.acceptedCalls ?? 0) - before
    }

    @Test("a table's reads by key need no hop, and see the last write")
    func noHop() async throws {
        try await Self.withTable { (table, database) async throws in
            let hops = try await Self.hops(of: database) { () async throws in
                for round in 0..<1000 {
                    if round.isMultiple(of: 10) {
                        try await table.replace(Todo(id: 1, title: "\(round)", done: true))
                    }
                    #expect(try await table.get(1)?.title == "\(round / 10 * 10)")
                    #expect(try await table.get(4) == nil)
                }
            }
            #expect(hops < 1000)
        }
    }

    @Test("they are hops when the configuration says so")
    func switchedOff() async throws {
        try await Self.withTable(.init(inPlaceReads: false)) { table, database in
            let hops = try await Self.hops(of: database) { () async throws in
                for _ in 0..<10 { _ = try await table.get(1) }
            }
            #expect(hops == 10)
        }
    }

    @Test("a connection is prepared by the first read of each statement")
    func preparation() async throws {
        try await Self.withTable { (table, database) async throws in
            func title(_ id: Int) async throws -> String? {
                try await database.first(
                    "SELECT title FROM todo WHERE id = \(id)", as: String.self, isLookup: true)
            }
            let first = try await Self.hops(of: database) { () async throws in
                #expect(try await title(1) == "a")
            }
            #expect(first == 1)
            let next = try await Self.hops(of: database) { () async throws in
                for _ in 0..<100 { #expect(try await title(2) == "b") }
            }
            #expect(next < 100)
        }
    }

    @Test("a change of the schema is seen, and compiled by a worker")
    func schemaChange() async throws {
        struct Owned: Codable, Identifiable, Sendable {
            var id: Int
            var owner: String?
        }
        try await Self.withTable { (_, database) async throws in
            let owned = SQLiteTable<Owned>("todo", in: database)
            for column in ["owner", "other"] {
                #expect(try await owned.get(1) != nil)
                try await database.execute(
                    "ALTER TABLE todo ADD COLUMN \(identifier: column) TEXT DEFAULT 'ann'")
                let hops = try await Self.hops(of: database) { () async throws in
                    #expect(try await owned.get(1)?.owner == "ann")
                }
                #expect(hops == 1)
            }
            let hops = try await Self.hops(of: database) { () async throws in
                for _ in 0..<100 { #expect(try await owned.get(2)?.owner == "ann") }
            }
            #expect(hops < 100)
        }
    }

    @Test(
        "a statement that takes more steps than a lookup is run by a worker, whatever it promised")
    func longStatement() async throws {
        try await Self.withTable { (_, database) async throws in
            let long: SQL = """
                WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 10000)
                SELECT sum(x) FROM n
                """
            let hops = try await Self.hops(of: database) { () async throws in
                for _ in 0..<10 {
                    let sum = try await database.first(long, as: Int.self, isLookup: true)
                    #expect(sum == 50_005_000)
                }
            }
            #expect(hops == 10)
        }
    }

    @Test("a row that is long is read by a worker", arguments: [65_000, 66_000, 3_000_000])
    func longRow(length: Int) async throws {
        try await Self.withTable { (table, database) async throws in
            let long = Todo(id: 9, title: String(repeating: "x", count: length), done: false)
            try await table.insert(long)
            let hops = try await Self.hops(of: database) { () async throws in
                for _ in 0..<10 { #expect(try await table.get(9) == long) }
            }
            #expect(length < 65_536 ? hops < 10 : hops == 10)
            let few = try await Self.hops(of: database) { () async throws in
                #expect(try await table.get([1, 9]).count == 2)
            }
            #expect(length < 65_536 ? few < 2 : few == 1)
            #expect(try await table.get([1, 2]).count == 2)
        }
    }

    @Test("a lookup that writes goes to the writer, and one that hides it is refused")
    func writing() async throws {
        try await Self.withTable { (table, database) async throws in
            for id in 1...3 {
                let deleted = try await database.first(
                    "DELETE FROM todo WHERE id = \(id) RETURNING id", as: Int.self, isLookup: true)
                #expect(deleted == id)
            }
            try await table.insert(Todo(id: 1, title: "a", done: false))
            for _ in 0..<3 {
                try await expectError(.permissionDenied) {
                    _ = try await database.first(
                        "/**/ DELETE FROM todo RETURNING id", as: Int.self, isLookup: true)
                }
            }
            #expect(try await table.get(1) != nil)
        }
    }

    @Test("BEGIN as a lookup is refused and leaves no transaction open")
    func loneBegin() async throws {
        try await Self.withTable { (table, database) async throws in
            for _ in 0..<3 {
                try await expectError(.invalidState) {
                    _ = try await database.first("BEGIN", as: Int.self, isLookup: true)
                }
            }
            try await table.replace(Todo(id: 1, title: "new", done: false))
            #expect(try await table.get(1)?.title == "new")
        }
    }

    @Test("errors are those of a worker")
    func errors() async throws {
        struct Wrong: Codable, Identifiable, Sendable {
            var id: Int
            var title: Int
        }
        try await Self.withTable { (_, database) async throws in
            let wrong = SQLiteTable<Wrong>("todo", in: database)
            let nowhere = SQLiteTable<Todo>("nowhere", in: database)
            for _ in 0..<3 {
                let error = try await expectError(.decodingFailed) { _ = try await wrong.get(1) }
                #expect(error.operation == "get" && error.message.contains("title"))
                try await expectError(.invalidStatement) { _ = try await nowhere.get(1) }
            }
        }
    }

    @Test("a cancelled task's lookup is refused")
    func cancelled() async throws {
        try await Self.withTable { (table, _) async throws in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await table.get(1)
            }
            try await expectError(.cancelled) { _ = try await task.value }
        }
    }

    @Test("a few rows are one snapshot, also while another task moves what they hold")
    func snapshot() async throws {
        struct Account: Codable, Identifiable, Sendable {
            var id: Int
            var balance: Int
        }
        try await Self.withTable { (_, database) async throws in
            try await database.execute(
                script: """
                    CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL) STRICT;
                    INSERT INTO account VALUES (1, 50), (2, 50)
                    """)
            let accounts = SQLiteTable<Account>("account", in: database)
            async let moving: Void = {
                for round in 0..<200 {
                    let amount = round.isMultiple(of: 2) ? 7 : -7
                    _ = try await database.execute(
                        "UPDATE account SET balance = balance + iif(id = 1, \(amount), \(-amount))")
                }
            }()
            for _ in 0..<1000 {
                let found = try await accounts.get([1, 2])
                #expect(found.values.reduce(0) { $0 + $1.balance } == 100)
            }
            try await moving
        }
    }

    @Test("many tasks share a few connections, which all come back")
    func sharing() async throws {
        try await Self.withTable(.init(maximumReaders: 2)) { table, database in
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<500 {
                            let todo = try await table.get(2)
                            #expect(todo?.title == "b")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let census = try #require(database.inPlaceReaders?.census)
            #expect(census.idle == census.open && (1...2).contains(census.open))
        }
    }

    @Test("a connection is closed with the database, whoever still holds the object")
    func closingWhatIsHeld() async throws {
        // As a thread does that has given a connection back and not yet returned.
        var held: SQLiteSession?
        try await Self.withTable { (_, database) async throws in
            _ = database.inPlaceReaders?.attempt { held = $0 }
            #expect(held != nil)
        }
        withExtendedLifetime(held) {}
    }

    @Test("closing waits for reads that are under way and refuses those that come after")
    func closing() async throws {
        for _ in 0..<20 {
            try await Self.withTable { (table, database) async throws in
                let reading = HandOver()
                let outcomes = Task {
                    var found = 0
                    do {
                        while true {
                            guard try await table.get(1)?.title == "a" else { return -1 }
                            found += 1
                            if found == 10 { reading.signal() }
                        }
                    } catch let error as StorageError {
                        return error.code == .invalidState ? found : -1
                    }
                }
                await reading.wait()
                await database.close()
                #expect(try await outcomes.value >= 10)
                #expect(database.inPlaceReaders?.census.open == 0)
            }
        }
    }
}
