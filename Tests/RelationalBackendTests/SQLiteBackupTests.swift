import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Backups and checks of SQLite", .nothingLeftOpen)
struct SQLiteBackupTests {
    /// A database of some hundred pages.
    static func withDatabase(
        _ body: (SQLiteDatabase, TemporaryFolder) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(
            .file(folder.file("test.db")), configuration: .init(durability: .normal))
        try await database.execute(
            script: "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        try await database.execute(
            """
            WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 2000)
            INSERT INTO note SELECT id, hex(randomblob(500)) FROM n
            """)
        try await body(database, folder)
        await database.close()
    }

    static func count(_ path: String) async throws -> Int? {
        let copy = SQLiteDatabase(.file(path))
        let report = try await copy.checkIntegrity()
        #expect(report.isIntact)
        let count = try await copy.first("SELECT count(*) FROM note", as: Int.self)
        await copy.close()
        return count
    }

    @Test("a copy is one snapshot, whatever is written while it is made, and progress goes to 0")
    func snapshot() async throws {
        try await Self.withDatabase { (database, folder) async throws in
            let steps = Mutex<[SQLiteBackupProgress]>([])
            let writes = Mutex(0)
            let writing = Task {
                while !Task.isCancelled {
                    try await database.execute("INSERT INTO note (text) VALUES ('later')")
                    writes.withLock { $0 += 1 }
                }
            }
            let path = folder.file("copy.db")
            try await database.backup(to: path, pagesPerStep: 7) { progress in
                steps.withLock { $0.append(progress) }
            }
            writing.cancel()
            _ = await writing.result
            let progress = steps.withLock { $0 }
            #expect(progress.count > 10)
            #expect(progress.last?.remainingPages == 0)
            #expect(
                zip(progress, progress.dropFirst()).allSatisfy {
                    $0.remainingPages >= $1.remainingPages && $0.totalPages == $1.totalPages
                })
            let copied = try await Self.count(path) ?? 0
            #expect((2000...2000 + writes.withLock { $0 }).contains(copied))
        }
    }

    @Test("a file that is there is not replaced unless asked for")
    func replacing() async throws {
        try await Self.withDatabase { (database, folder) async throws in
            let path = folder.file("copy.db")
            try await database.backup(to: path)
            try await database.execute("DELETE FROM note WHERE id > 1000")
            try await expectError(.alreadyExists) { try await database.backup(to: path) }
            #expect(try await Self.count(path) == 2000)
            try await database.backup(to: path, replacing: true)
            #expect(try await Self.count(path) == 1000)
            #expect(try folder.names().filter { $0.contains("partial") }.isEmpty)
        }
    }

    @Test("nothing is left of a backup that is cancelled, or has nowhere to go")
    func cancelled() async throws {
        try await Self.withDatabase { (database, folder) async throws in
            let path = folder.file("copy.db")
            let copying = Mutex<Task<Void, any Error>?>(nil)
            let task = Task {
                try await database.backup(to: path, pagesPerStep: 1) { _ in
                    copying.withLock { $0?.cancel() }
                }
            }
            copying.withLock { $0 = task }
            let error = await #expect(throws: StorageError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            #expect(try folder.names().filter { $0.hasPrefix("copy") }.isEmpty)
            await #expect(throws: StorageError.self) {
                try await database.backup(to: folder.file("no/such/folder.db"))
            }
            try await database.backup(to: path)
            #expect(try await Self.count(path) == 2000)
        }
    }

    @Test("a database in memory is copied to a file")
    func memory() async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.memory)
        try await database.execute(script: "CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT")
        try await database.execute("INSERT INTO note VALUES (1), (2)")
        try await database.backup(to: folder.file("copy.db"))
        #expect(try await Self.count(folder.file("copy.db")) == 2)
        await database.close()
    }

    @Test("rows that break their foreign keys are found, no more of them than asked for")
    func violations() async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script: """
                CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
                CREATE TABLE child (parent INTEGER REFERENCES parent) STRICT;
                """)
        try await database.withConnection { connection in
            try await connection.execute("PRAGMA foreign_keys = 0")
            try await connection.execute("INSERT INTO child VALUES (1), (2), (3)")
            try await connection.execute("PRAGMA foreign_keys = 1")
        }
        let report = try await database.checkIntegrity(limit: 2)
        #expect(report.problems.isEmpty)
        #expect(report.foreignKeyViolations.map(\.rowID) == [1, 2])
        #expect(report.foreignKeyViolations.first?.parent == "parent")
        #expect(report.isCutOff && !report.isIntact)
        await database.close()
    }

    @Test("a damaged page is found")
    func damage() async throws {
        try await Self.withDatabase { (database, folder) async throws in
            try await database.execute(script: "CREATE INDEX note_text ON note (text)")
            let path = folder.file("copy.db")
            try await database.backup(to: path)
            try damagePages(of: path)
            let copy = SQLiteDatabase(.file(path))
            do {
                #expect(try await !copy.checkIntegrity().isIntact)
            } catch let error as StorageError {
                #expect(error.code == .corrupted)
            }
            await copy.close()
        }
    }
}

@Suite("Full-text search in SQLite", .nothingLeftOpen)
struct SQLiteFullTextTests {
    static func withNotes(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script: """
                CREATE TABLE note (id INTEGER PRIMARY KEY, title TEXT, text TEXT) STRICT;
                CREATE VIRTUAL TABLE note_text USING fts5(
                    title, text, content='note', content_rowid='id');
                CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
                    INSERT INTO note_text (rowid, title, text) VALUES (new.id, new.title, new.text);
                END;
                CREATE TRIGGER note_removed AFTER DELETE ON note BEGIN
                    INSERT INTO note_text (note_text, rowid, title, text)
                    VALUES ('delete', old.id, old.title, old.text);
                END;
                INSERT INTO note VALUES
                    (1, 'Looms', 'Mend the loom, then weave the loom cloth'),
                    (2, 'Engine', 'Compute the numbers of Bernoulli'),
                    (3, 'Weaving', 'Algebraical patterns, as the loom weaves flowers and leaves');
                """)
        try await body(database)
        await database.close()
    }

    static func find(
        _ search: SQLiteFullTextQuery?, in database: SQLiteDatabase
    ) async throws -> [Int] {
        guard let search else { return [] }
        return try await database.query(
            "SELECT rowid FROM note_text WHERE note_text MATCH \(search) ORDER BY rank, rowid",
            as: Int.self, limit: 10)
    }

    @Test("words, phrases, beginnings and their combinations find what they say, best first")
    func searches() async throws {
        try await Self.withNotes { database in
            let loom = SQLiteFullTextQuery(words: "loom")
            #expect(try await Self.find(loom, in: database) == [1, 3])
            let both = SQLiteFullTextQuery(words: "loom flowers")
            #expect(try await Self.find(both, in: database) == [3])
            let any = SQLiteFullTextQuery(words: "flowers bernoulli", match: .any)
            #expect(try await Set(Self.find(any, in: database)) == [2, 3])
            let typed = SQLiteFullTextQuery(words: "the berno", isPrefix: true)
            #expect(try await Self.find(typed, in: database) == [2])
            let phrase = SQLiteFullTextQuery(phrase: "the loom")
            #expect(try await Self.find(phrase, in: database) == [1, 3])
            let reversed = SQLiteFullTextQuery(phrase: "loom the")
            #expect(try await Self.find(reversed, in: database) == [])
            let flowers = try #require(SQLiteFullTextQuery(words: "flowers"))
            #expect(try await Self.find(loom?.excluding(flowers), in: database) == [1])
            #expect(try await Self.find(loom?.and(flowers), in: database) == [3])
            #expect(try await Set(Self.find(loom?.or(flowers), in: database)) == [1, 3])
            #expect(SQLiteFullTextQuery(words: " \n ") == nil)
        }
    }

    @Test("a row that is gone is not found, and a snippet shows why one is")
    func triggers() async throws {
        try await Self.withNotes { database in
            let search = try #require(SQLiteFullTextQuery(words: "bernoulli"))
            let snippet = try await database.first(
                """
                SELECT snippet(note_text, 1, '[', ']', '…', 4) FROM note_text
                WHERE note_text MATCH \(search)
                """, as: String.self)
            #expect(snippet?.contains("[Bernoulli]") == true)
            try await database.execute("DELETE FROM note WHERE id = 2")
            #expect(try await Self.find(search, in: database) == [])
        }
    }

    @Test(
        "nothing that is typed is an error or reaches what it was not meant for",
        arguments: [
            "\"", "loom\"", "\" OR \"", "title:loom", "NOT loom", "loom AND", "NEAR(loom weave)",
            "loom*", "^loom", "(loom", "loom)", "-loom", "{title}:loom", "a\0b",
            "'; DROP TABLE note",
            "\"\u{301}loom", "+", "*", ":", "loom \" OR rowid:1",
        ])
    func attacks(typed: String) async throws {
        try await Self.withNotes { database in
            for search in [
                SQLiteFullTextQuery(words: typed), .init(words: typed, match: .any),
                .init(words: typed, isPrefix: true), .init(phrase: typed),
                .init(phrase: typed, isPrefix: true),
            ] {
                _ = try await Self.find(search, in: database)
            }
            #expect(try await database.first("SELECT count(*) FROM note", as: Int.self) == 3)
        }
    }
}
