import RelationalBackend
import StorageKit
import Testing

/// The examples of docs/backends/sqlite.md, compiled and run.
@Suite("The examples of SQLite's page", .nothingLeftOpen)
struct SQLiteDocumentationTests {
    @Test("a search with what somebody typed")
    func fullText() async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script: """
                CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
                CREATE VIRTUAL TABLE note_text USING fts5 (
                    body, content = 'note', content_rowid = 'id');
                CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
                    INSERT INTO note_text (rowid, body) VALUES (NEW.id, NEW.body);
                END;
                CREATE TRIGGER note_gone AFTER DELETE ON note BEGIN
                    INSERT INTO note_text (note_text, rowid, body)
                        VALUES ('delete', OLD.id, OLD.body);
                END;
                """)
        for body in ["the river bank", "a bank of clouds", "rivers and bankers", "neither"] {
            try await database.execute("INSERT INTO note (body) VALUES (\(body))")
        }
        try await database.execute("DELETE FROM note WHERE id = 3")
        let typed = "river ban"
        let search = try #require(SQLiteFullTextQuery(words: typed, isPrefix: true))
        let ids = try await database.query(
            "SELECT rowid FROM note_text WHERE note_text MATCH \(search) ORDER BY rank",
            as: Int.self, limit: 20)
        #expect(ids == [1])
        await database.close()
    }

    @Test("functions and a collation of one's own")
    func functions() async throws {
        let database = SQLiteDatabase(
            .memory,
            functions: [
                .scalar("initial", isDeterministic: true) { (name: String) in
                    String(name.prefix(1))
                },
                .aggregate("longest", initial: { "" }) { (longest: inout String, text: String) in
                    if text.count > longest.count { longest = text }
                } result: {
                    $0
                },
            ],
            collations: [SQLiteCollation("by_length") { $0.count < $1.count }])
        let row = try await database.first(
            "SELECT initial('Ada'), longest('x'), 'ab' = 'cd' COLLATE by_length",
            as: (String, String, Bool).self)
        #expect(try #require(row) == ("A", "x", true))
        await database.close()
    }

    @Test("tables and a query that are observed")
    func observation() async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script: "CREATE TABLE todo (id INTEGER PRIMARY KEY, title TEXT, done INTEGER) STRICT")
        let changes = try await database.changes(in: ["todo", "person"])
        let open = database.observe(
            "SELECT title FROM todo WHERE NOT done", as: String.self, limit: 100, tables: ["todo"])
        try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
        for try await change in changes {
            #expect(change.tables == ["todo"])
            break
        }
        var shown: [[String]] = []
        for try await titles in open {
            shown.append(titles)
            if shown.count == 2 { break }
            try await database.execute("UPDATE todo SET title = 'y'")
        }
        #expect(shown == [["x"], ["y"]])
        await database.close()
    }
}
