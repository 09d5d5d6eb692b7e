import Foundation
import RelationalBackend
import StorageKit
import TestSupport
import Testing

@Suite("What can go wrong with SQLite", .nothingLeftOpen)
struct SQLiteErrorTests {
    typealias Todo = SQLiteDatabaseTests.Todo

    @Test("a path in a folder that does not exist cannot be opened, and a retry would not help")
    func missingFolder() async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("no/such/folder/test.db")))
        let error = try await expectError(.unavailable) { try await database.open() }
        #expect(error.native?.name == "SQLITE_CANTOPEN")
        #expect(error.operation == "open")
        #expect(error.store == database.location.description)
        #expect(!error.isRetryable)
        #expect(error.message.contains("check that the folder exists"))
        await database.close()
    }

    @Test("a folder cannot be opened as a database")
    func folderAsPath() async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.path))
        try await expectError(.unavailable) {
            _ = try await database.first("SELECT 1", as: Int.self)
        }
        await database.close()
    }

    @Test("the folder that was missing may be made, and the next call succeeds")
    func laterFolder() async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("later/test.db")))
        try await expectError(.unavailable) { try await database.open() }
        try FileManager.default.createDirectory(
            atPath: folder.file("later"), withIntermediateDirectories: false)
        try await database.open()
        await database.close()
    }

    @Test("a path that SQLite would take for something else is refused or taken as a path")
    func oddPaths() async throws {
        for path in ["", "a\0b"] {
            let database = SQLiteDatabase(.file(path))
            try await expectError(.invalidArgument) { try await database.open() }
            await database.close()
        }
    }

    @Test("a file that is no database says so and is left as it was")
    func notADatabase() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("letter.txt")
        let letter = String(repeating: "Dear Sir or Madam, ", count: 100)
        try letter.write(toFile: path, atomically: true, encoding: .utf8)
        let database = SQLiteDatabase(.file(path))
        let error = try await expectError(.corrupted) { try await database.open() }
        #expect(error.native?.name == "SQLITE_NOTADB")
        #expect(error.message.contains("not a SQLite database"))
        await database.close()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == letter)
    }

    @Test("a syntax error names the statement and where it stumbled")
    func syntax() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            let error = try await expectError(.invalidStatement) {
                _ = try await database.first("SELEKT \(1)", as: Int.self)
            }
            #expect(error.message.contains("near \"SELEKT\": syntax error"))
            #expect(error.statement == "SELEKT ?")
            #expect(error.operation == "first")
        }
    }

    @Test("a duplicate key is told apart from other constraints, and no value is in the message")
    func constraints() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await database.execute(
                script: """
                    CREATE TABLE person (id INTEGER PRIMARY KEY, mail TEXT UNIQUE);
                    CREATE TABLE pet (owner INTEGER REFERENCES person, age INTEGER CHECK (age > 0));
                    INSERT INTO person VALUES (1, 'secret@example.com')
                    """)
            let rows: [(SQL, StorageError.Code, String)] = [
                ("INSERT INTO person VALUES (1, 'x')", .alreadyExists, "PRIMARYKEY"),
                (
                    "INSERT INTO person VALUES (2, \("secret@example.com"))",
                    .constraintViolation, "UNIQUE"
                ),
                ("INSERT INTO pet VALUES (9, 1)", .constraintViolation, "FOREIGNKEY"),
                ("INSERT INTO pet VALUES (1, 0)", .constraintViolation, "CHECK"),
                ("INSERT INTO todo VALUES (1, NULL, 0)", .constraintViolation, "NOTNULL"),
                ("INSERT INTO todo VALUES (1, 'x', 'y')", .constraintViolation, "DATATYPE"),
            ]
            for (statement, code, name) in rows {
                let error = try await expectError(code) { try await database.execute(statement) }
                #expect(error.native?.name == "SQLITE_CONSTRAINT_\(name)")
                #expect(!"\(error)".contains("secret"))
                #expect(!error.isRetryable)
            }
        }
    }

    @Test("a row that does not fit says which column, and not what it holds")
    func decoding() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            let rows: [(SQL, String)] = [
                ("SELECT 'secret' AS id, 'x' AS title, 0 AS done", "\"id\" holds TEXT"),
                ("SELECT 1 AS id, x'00' AS title, 0 AS done", "\"title\" holds BLOB"),
                ("SELECT 1 AS id, 'x' AS title, 2 AS done", "\"done\" holds an integer other"),
                ("SELECT NULL AS id, 'x' AS title, 0 AS done", "\"id\" holds NULL"),
                ("SELECT 1 AS id, 'x' AS title", "needs a column \"done\""),
                ("SELECT 1.5 AS id, 'x' AS title, 0 AS done", "\"id\" holds REAL"),
            ]
            for (statement, words) in rows {
                let error = try await expectError(.decodingFailed) {
                    _ = try await database.first(statement, as: Todo.self)
                }
                #expect(error.message.contains(words), "\(error)")
                #expect(!error.message.contains("secret"))
            }
        }
    }

    @Test("a tuple wants exactly its columns, and a single value exactly one")
    func width() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 1, 2, 3", as: (Int, Int).self)
            }
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 1, 2", as: Int.self)
            }
        }
    }

    @Test("more rows than the limit are an error and never a shorter array")
    func limit() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            let three: SQL = "VALUES (1), (2), (3)"
            #expect(try await database.query(three, as: Int.self, limit: 3) == [1, 2, 3])
            try await expectError(.limitExceeded) {
                _ = try await database.query(three, as: Int.self, limit: 2)
            }
        }
    }

    @Test("two statements in one, an empty one, and a bare placeholder are refused")
    func statementShapes() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            for statement: SQL in ["SELECT 1; DROP TABLE todo", "", "-- nothing"] {
                try await expectError(.invalidStatement) { try await database.execute(statement) }
            }
            try await database.execute("DELETE FROM todo; -- a comment is no statement")
            try await expectError(.invalidArgument) {
                try await database.execute("INSERT INTO todo VALUES (?, 'x', 0)")
            }
            try await expectError(.invalidArgument) {
                try await database.execute("INSERT INTO todo VALUES (\(SQL.placeholder), 'x', 0)")
            }
        }
    }

    @Test("NaN is refused, since SQLite would store NULL in its place")
    func notANumber() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            try await expectError(.encodingFailed) {
                try await database.execute("SELECT \(Double.nan)")
            }
        }
    }

    @Test("text that is not UTF-8 is an error and is not repaired in silence")
    func invalidUTF8() async throws {
        try await SQLiteDatabaseTests.withDatabase(.memory) { database in
            for bytes in ["ff", "f09f98", "c0af", "41f09f9841"] {
                try await expectError(.decodingFailed) {
                    _ = try await database.first(
                        SQL(verbatim: "SELECT CAST(x'\(bytes)' AS TEXT)"), as: String.self)
                }
            }
        }
    }

    @Test("a lock held by another connection is busy, and says that a retry may help")
    func busy() async throws {
        let folder = try TemporaryFolder()
        let location = SQLiteLocation.file(folder.file("test.db"))
        let holder = SQLiteDatabase(location)
        let other = SQLiteDatabase(location, configuration: .init(busyTimeout: .zero))
        try await holder.open()
        try await other.open()
        try await duringWrite(of: holder) {
            let error = try await expectError(.busy) {
                try await other.execute("CREATE TABLE t (id)")
            }
            #expect(error.isRetryable)
        }
        try await other.execute("CREATE TABLE t (id)")
        await holder.close()
        await other.close()
    }
}
