import RelationalBackend
import StorageKit
import TestSupport
import Testing

@Suite("Statements of a SQLite connection", .nothingLeftOpen)
struct SQLiteStatementTests {
    typealias Todo = SQLiteDatabaseTests.Todo

    @Test("a query plan knows an index that was made since it was last asked for")
    func plans() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            func plan() async throws -> String {
                let steps: [(Int, Int, Int, String)] = try await database.query(
                    "EXPLAIN QUERY PLAN SELECT id FROM todo WHERE title = 'a'",
                    as: (Int, Int, Int, String).self, limit: 10)
                return steps.map(\.3).joined()
            }
            #expect(try await plan().contains("SCAN"))
            try await database.execute("CREATE INDEX todo_title ON todo (title)")
            #expect(try await plan().contains("todo_title"))
        }
    }

    @Test("texts that only Swift takes for the same are two statements")
    func equivalentTexts() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            for (accented, scalars) in [("\u{e9}", 1), ("e\u{301}", 2), ("\u{e9}", 1)] {
                let sql = SQL(verbatim: "SELECT length('\(accented)')")
                let found: Int? = try await database.first(sql, as: Int.self)
                #expect(found == scalars)
            }
        }
    }

    @Test("a prepared statement runs again and again with other values")
    func prepared() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            let ids = try await database.write { connection in
                let insert = try connection.prepare(
                    "INSERT INTO todo VALUES (\(SQL.placeholder), \("same"), \(SQL.placeholder))")
                for id in 1...3 { try insert.execute(id, id == 2) }
                let find = try connection.prepare(
                    "SELECT * FROM todo WHERE id = \(SQL.placeholder)")
                #expect(
                    try find.first(as: Todo.self, 2) == Todo(id: 2, title: "same", done: true))
                #expect(try find.first(as: Todo.self, 4) == nil)
                let pair = try find.first(as: (Int, String, Bool).self, 3)
                #expect(try #require(pair) == (3, "same", false))
                #expect(find.columnNames == ["id", "title", "done"])
                let above = try connection.prepare(
                    "SELECT id, done FROM todo WHERE id > \(SQL.placeholder) ORDER BY id")
                var ids = try above.query(as: (Int, Bool).self, 1).map(\.0)
                try above.forEach(as: (Int, Bool).self, 2) { id, _ in ids.append(id) }
                return ids
            }
            #expect(ids == [2, 3, 3])
        }
    }

    @Test("a prepared statement wants exactly as many values as it has placeholders")
    func arity() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await database.read { connection in
                let find = try connection.prepare("SELECT \(SQL.placeholder) + \(1)")
                #expect(throws: StorageError.self) { try find.first(as: Int.self) }
                #expect(throws: StorageError.self) { try find.first(as: Int.self, 1, 2) }
                #expect(try find.first(as: Int.self, 1) == 2)
            }
        }
    }

    @Test("the same statement can be run inside its own loop")
    func nestedLoops() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            let pairs = try await database.read { connection in
                var pairs = 0
                try connection.forEach("VALUES (1), (2), (3)", as: Int.self) { _ in
                    try connection.forEach("VALUES (1), (2), (3)", as: Int.self) { _ in pairs += 1 }
                }
                return pairs
            }
            #expect(pairs == 9)
        }
    }

    @Test("more statements than the cache holds work as well")
    func cacheOverflow() async throws {
        let database = SQLiteDatabase(.memory, configuration: .init(statementCacheCapacity: 2))
        for round in 0..<3 {
            for number in 0..<5 {
                let name = SQL.identifier("c\(number)")
                let sql: SQL = "SELECT \(name) + \(round) FROM (SELECT \(number) AS \(name))"
                #expect(try await database.first(sql, as: Int.self) == number + round)
            }
        }
        await database.close()
    }

    @Test("a cached statement follows a change of the schema")
    func schemaChange() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            struct Wide: Codable, Equatable { var id: Int; var note: String? }
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
            let all: SQL = "SELECT * FROM todo"
            #expect(try await database.first(all, as: Wide.self) == Wide(id: 1, note: nil))
            try await database.execute("ALTER TABLE todo ADD COLUMN note TEXT DEFAULT 'hello'")
            #expect(try await database.first(all, as: Wide.self) == Wide(id: 1, note: "hello"))
            try await database.execute("ALTER TABLE todo RENAME COLUMN note TO remark")
            #expect(try await database.first(all, as: Wide.self) == Wide(id: 1, note: nil))
        }
    }

    @Test("a statement that failed can be run again")
    func afterFailure() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await database.write { connection in
                let insert = try connection.prepare(
                    "INSERT INTO todo VALUES (\(SQL.placeholder), 'x', 0)")
                try insert.execute(1)
                #expect(throws: StorageError.self) { try insert.execute(1) }
                try insert.execute(2)
            }
            #expect(try await database.first("SELECT count(*) FROM todo", as: Int.self) == 2)
        }
    }

    @Test("a writing statement is run to its end although only its first row is wanted")
    func returning() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await database.execute("CREATE TABLE note (todo INTEGER REFERENCES todo, text)")
            try await expectError(.constraintViolation) {
                try await database.write { connection in
                    _ = try connection.first(
                        "INSERT INTO note VALUES (9, 'x') RETURNING text", as: String.self)
                }
            }
            let text = try await database.write { connection in
                try connection.execute("INSERT INTO todo VALUES (1, 'x', 0), (2, 'y', 0)")
                return try connection.first(
                    "UPDATE todo SET done = 1 RETURNING title", as: String.self)
            }
            #expect(text == "x")
            let done = try await database.first("SELECT sum(done) FROM todo", as: Int.self)
            #expect(done == 2)
        }
    }

    @Test("a tuple after a change of the schema is an error and no trap")
    func tupleAfterSchemaChange() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
            let all: SQL = "SELECT * FROM todo"
            let before = try await database.first(all, as: (Int, String, Int).self)
            #expect(before != nil)
            try await database.execute("ALTER TABLE todo ADD COLUMN note TEXT DEFAULT 'n'")
            try await expectError(.decodingFailed) {
                _ = try await database.first(all, as: (Int, String, Int).self)
            }
            let error = try await expectError(.decodingFailed) {
                _ = try await database.first(all, as: (Int, String, Int, Int).self)
            }
            #expect(error.message.contains("\"note\" holds TEXT"))
        }
    }

    @Test("a misspelt identifier is an error and not a text")
    func misspelt() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            let error = try await expectError(.invalidStatement) {
                _ = try await database.first(
                    "SELECT \(identifier: "titel") FROM todo", as: String.self)
            }
            #expect(error.message.contains("no such column: titel"))
        }
    }

    @Test("a statement with a NUL is refused, for SQLite would stop reading there")
    func nul() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            for text in ["SELECT 1\0 garbage", "\0"] {
                try await expectError(.invalidStatement) {
                    _ = try await database.first(SQL(verbatim: text), as: Int.self)
                }
                try await expectError(.invalidStatement) {
                    try await database.execute(script: text)
                }
            }
        }
    }

    @Test("the native handle is the connection itself")
    func nativeHandle() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            let same = try await database.read { connection in
                connection.withNativeConnection { first in
                    connection.withNativeConnection { first == $0 }
                }
            }
            #expect(same)
        }
    }

    @Test(
        "no attempt at injection through a value, an identifier or a list changes the statement",
        arguments: [
            "'; DROP TABLE todo; --", "\"; DROP TABLE todo; --", "x' OR '1'='1", "?1", ":a", "$1",
            "*/ DROP TABLE todo /*", "\\'; DROP TABLE todo; --",
        ])
    func injection(attack: String) async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await database.execute("INSERT INTO todo VALUES (1, \(attack), 0)")
            let found = try await database.query(
                "SELECT title FROM todo WHERE title = \(attack)", as: String.self,
                limit: 2)
            #expect(found == [attack])
            let listed = try await database.first(
                "SELECT count(*) FROM todo WHERE title IN \(["a", attack])", as: Int.self)
            #expect(listed == 1)
            let named = try await database.first(
                "SELECT 7 AS \(identifier: attack)", as: Int.self)
            #expect(named == 7)
            #expect(try await database.first("SELECT count(*) FROM todo", as: Int.self) == 1)
        }
    }
}
