import Foundation
import TestSupport
import Testing

@testable import RelationalBackend
@testable import StorageKit

@Suite("Migrations on SQLite", .nothingLeftOpen)
struct SQLiteMigrationTests {
    static let first = Migration("create-note", "CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT")
    static let second = Migration(
        "add-text", "ALTER TABLE note ADD COLUMN text TEXT",
        "INSERT INTO note VALUES (1, \("Ada's")) RETURNING id",
        "CREATE INDEX note_text ON note (text)")
    static let failing = Migration(
        "fail", "INSERT INTO note VALUES (2, 'two')", "INSERT INTO missing VALUES (1)")

    static func withDatabase(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        for location in [SQLiteLocation.memory, .file(folder.file("test.db"))] {
            let database = SQLiteDatabase(location, configuration: .init(durability: .normal))
            try await body(database)
            await database.close()
        }
    }

    static func expectState(
        _ words: String, _ migrations: [Migration], on database: SQLiteDatabase
    ) async throws {
        let migrations = try Migrations(migrations)
        let planning = try await expectError(.invalidState) {
            _ = try await migrations.plan(on: database)
        }
        #expect(planning.message.contains(words), "\(planning)")
        try await expectError(.invalidState) { try await migrations.apply(to: database) }
    }

    @Test("a plan changes nothing and says what applying then does, once")
    func planAndApply() async throws {
        try await Self.withDatabase { database in
            let migrations = try Migrations([Self.first, Self.second])
            let plan = try await migrations.plan(on: database)
            #expect(plan.applied.isEmpty && plan.pending == [Self.first, Self.second])
            #expect(plan.description.contains("ALTER TABLE note ADD COLUMN text TEXT;"))
            #expect(!plan.description.contains("Ada"), "values are withheld")
            let tables = try await database.first(
                "SELECT count(*) FROM sqlite_schema", as: Int.self)
            #expect(tables == 0)
            #expect(try await migrations.apply(to: database) == ["create-note", "add-text"])
            #expect(try await migrations.apply(to: database) == [])
            let after = try await migrations.plan(on: database)
            #expect(after.applied == ["create-note", "add-text"] && after.pending.isEmpty)
            let text = try await database.first("SELECT text FROM note", as: String.self)
            #expect(text == "Ada's")
        }
    }

    @Test("one that fails is undone and says its name; those before it stay, those after wait")
    func failure() async throws {
        try await Self.withDatabase { database in
            let migrations = try Migrations([Self.first, Self.second, Self.failing])
            let error = await #expect(throws: StorageError.self) {
                try await migrations.apply(to: database)
            }
            #expect(error?.message.contains("migration \"fail\"") == true)
            #expect(try await migrations.plan(on: database).pending == [Self.failing])
            #expect(try await database.first("SELECT count(*) FROM note", as: Int.self) == 1)
            try await database.execute("CREATE TABLE missing (id INTEGER) STRICT")
            #expect(try await migrations.apply(to: database) == ["fail"])
        }
    }

    @Test("another history is an error that says what is wrong, and nothing is applied")
    func otherHistory() async throws {
        try await Self.withDatabase { database in
            try await Migrations([Self.first, Self.second]).apply(to: database)
            let edited = Migration(
                Self.first.name, "CREATE TABLE note (id TEXT PRIMARY KEY) STRICT")
            try await Self.expectState("another text", [edited, Self.second], on: database)
            try await Self.expectState("older than", [Self.first], on: database)
            try await Self.expectState("order", [Self.second, Self.first], on: database)
            let new = Migration("new", "CREATE TABLE new (id INTEGER) STRICT")
            try await Self.expectState("order", [Self.first, new, Self.second], on: database)
            let tables = try await database.first(
                database.dialect.count(ofTables: "new"), as: Int.self)
            #expect(tables == 0)
        }
    }

    @Test("names are unique, and a migration does something")
    func names() async throws {
        #expect(throws: StorageError.self) { try Migrations([Self.first, Self.first]) }
        #expect(throws: StorageError.self) { try Migrations([Migration("")]) }
        #expect(throws: StorageError.self) { try Migrations([Migration("empty")]) }
    }

    @Test("the checksum of a text never changes")
    func checksum() throws {
        let dialect = SQLiteDialect()
        // FNV-1a of "a" and a zero byte, calculated elsewhere.
        let one = try MigrationChecksum(Migration("m", "a"), dialect).text
        #expect(one == "089be207b544f1e4")
        let values = [1, 2].map { Migration("m", "SELECT \($0)") }
        let texts = try values.map { try MigrationChecksum($0, dialect).text }
        #expect(texts[0] == texts[1], "values do not count")
    }

    @Test("programs that start at once apply each migration once")
    func together() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("test.db")
        let steps = (1...8).map { number in
            Migration(
                "step-\(number)",
                number == 1
                    ? "CREATE TABLE counter (steps INTEGER NOT NULL) STRICT"
                    : "INSERT INTO counter VALUES (\(number))")
        }
        let migrations = try Migrations(steps)
        let applied = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let database = SQLiteDatabase(
                        .file(path), configuration: .init(busyTimeout: .seconds(60)))
                    let applied = try await migrations.apply(to: database)
                    await database.close()
                    return applied
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == steps.map(\.name).sorted())
        let database = SQLiteDatabase(.file(path))
        let numbers = try await database.query(
            "SELECT steps FROM counter ORDER BY steps", as: Int.self, limit: 10)
        #expect(numbers == Array(2...8))
        await database.close()
    }

    @Test("two processes that start at once apply each migration once")
    func processes() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("test.db")
        async let one: Void = Self.migrateElsewhere(path)
        async let two: Void = Self.migrateElsewhere(path)
        _ = try await (one, two)
        let database = SQLiteDatabase(.file(path))
        let names = try await database.query(
            "SELECT name FROM storagekit_migration ORDER BY position", as: String.self, limit: 10)
        #expect(names == ["create-note", "add-text"])
        #expect(try await database.first("SELECT count(*) FROM note", as: Int.self) == 1)
        await database.close()
    }

    private static func migrateElsewhere(_ path: String) async throws {
        await #expect(processExitsWith: .success) { [path = path as String] in
            let database = SQLiteDatabase(
                .file(path), configuration: .init(busyTimeout: .seconds(60)))
            try await Migrations([SQLiteMigrationTests.first, SQLiteMigrationTests.second])
                .apply(to: database)
            await database.close()
        }
    }
}
