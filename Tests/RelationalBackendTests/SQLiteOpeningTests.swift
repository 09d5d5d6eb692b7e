import Foundation
import StorageKit
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Ways to open a SQLite database", .nothingLeftOpen)
struct SQLiteOpeningTests {
    /// A file with one row, which nobody has open.
    static func makeFile(_ path: String) async throws {
        let database = SQLiteDatabase(.file(path))
        try await database.execute(script: "CREATE TABLE t (id INTEGER); INSERT INTO t VALUES (1)")
        await database.close()
    }

    static func count(_ database: SQLiteDatabase) async throws -> Int? {
        try await database.first("SELECT count(*) FROM t", as: Int.self)
    }

    @Test(
        "a file that has to exist is not made",
        arguments: [
            SQLiteConfiguration.Opening.existing, .readOnly,
        ])
    func missing(opening: SQLiteConfiguration.Opening) async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(
            .file(folder.file("test.db")), configuration: .init(opening: opening))
        for _ in 0..<2 {
            let error = try await expectError(.unavailable) { _ = try await Self.count(database) }
            #expect(error.native?.name == "SQLITE_CANTOPEN")
        }
        #expect(try folder.names() == [])
        try await Self.makeFile(folder.file("test.db"))
        #expect(try await Self.count(database) == 1)
        await database.close()
    }

    @Test("an existing file is read and written")
    func existing() async throws {
        let folder = try TemporaryFolder()
        try await Self.makeFile(folder.file("test.db"))
        let database = SQLiteDatabase(
            .file(folder.file("test.db")), configuration: .init(opening: .existing))
        try await database.execute("INSERT INTO t VALUES (2)")
        #expect(try await Self.count(database) == 2)
        await database.close()
    }

    @Test("read-only refuses every way to write, and reads what others commit meanwhile")
    func readOnly() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("test.db")
        try await Self.makeFile(path)
        let database = SQLiteDatabase(.file(path), configuration: .init(opening: .readOnly))
        let ways: [() async throws -> Void] = [
            { try await database.execute("INSERT INTO t VALUES (2)") },
            { try await database.execute(script: "CREATE TABLE u (id)") },
            { try await database.write { _ = try $0.execute("DELETE FROM t") } },
            { try await database.withTransaction { _ = try await $0.execute("DELETE FROM t") } },
            { try await database.checkpoint(.truncate) },
            { try await database.optimize() },
        ]
        for way in ways { try await expectError(.permissionDenied) { try await way() } }
        let other = SQLiteDatabase(.file(path))
        try await other.execute("INSERT INTO t VALUES (2)")
        #expect(try await Self.count(database) == 2)
        try await database.withTransaction(access: .readOnly) { transaction in
            let count = try await transaction.first("SELECT count(*) FROM t", as: Int.self)
            #expect(count == 2)
        }
        await database.close()
        await other.close()
    }

    @Test("a read-only connection can be backed up and checked")
    func readOnlyMaintenance() async throws {
        let folder = try TemporaryFolder()
        try await Self.makeFile(folder.file("test.db"))
        let database = SQLiteDatabase(
            .file(folder.file("test.db")), configuration: .init(opening: .readOnly))
        #expect(try await database.checkIntegrity().isIntact)
        try await database.backup(to: folder.file("copy.db"))
        let copy = SQLiteDatabase(.file(folder.file("copy.db")))
        #expect(try await Self.count(copy) == 1)
        await database.close()
        await copy.close()
    }

    @Test("a database in memory is always new")
    func memory() async throws {
        for opening in [SQLiteConfiguration.Opening.existing, .readOnly] {
            let database = SQLiteDatabase(.memory, configuration: .init(opening: opening))
            try await expectError(.invalidArgument) { try await database.open() }
            await database.close()
        }
    }

    @Test("a checkpoint empties the log, or says that a reader has kept it from it")
    func checkpoint() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("test.db")
        try await Self.makeFile(path)
        let database = SQLiteDatabase(.file(path), configuration: .init(busyTimeout: .zero))
        try await database.execute("INSERT INTO t VALUES (2)")
        let passive = try await database.checkpoint()
        #expect(passive.isComplete && passive.logPages > 0)
        #expect(passive.copiedPages == passive.logPages)
        try await database.withTransaction(access: .readOnly) { reader in
            _ = try await reader.first("SELECT count(*) FROM t", as: Int.self)
            let outcome = try await Task.detached {
                try await database.execute("INSERT INTO t VALUES (3)")
                return try await database.checkpoint(.truncate)
            }.value
            #expect(!outcome.isComplete)
        }
        let last = try await database.checkpoint(.truncate)
        #expect(last == SQLiteCheckpoint(isComplete: true, logPages: 0, copiedPages: 0))
        let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")
        #expect(log[.size] as? Int == 0)
        await database.close()
    }

    @Test("a checkpoint in memory does nothing")
    func checkpointInMemory() async throws {
        let database = SQLiteDatabase(.memory)
        for mode in SQLiteCheckpoint.Mode.allCases {
            let outcome = try await database.checkpoint(mode)
            #expect(outcome == SQLiteCheckpoint(isComplete: true, logPages: 0, copiedPages: 0))
        }
        await database.close()
    }

    @Test("optimizing gathers statistics of a table that has none")
    func optimize() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            try await database.execute(
                script: """
                    CREATE INDEX by_title ON todo (title);
                    WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 500)
                    INSERT INTO todo SELECT id, 'title ' || (id % 7), 0 FROM n;
                    """)
            // Only tables whose index this connection has wanted statistics of are looked at.
            _ = try await database.write { connection in
                try connection.query(
                    "SELECT id FROM todo WHERE title = 'title 3' AND done = 0", as: Int.self)
            }
            try await database.optimize()
            let statistics = try await database.first(
                "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'todo'", as: Int.self)
            #expect(try #require(statistics) > 0)
        }
    }
}
