import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Observing the tables of SQLite", .nothingLeftOpen)
struct SQLiteObservationTests {
    typealias Memory = SQLiteRelationalConformanceTests.Memory
    typealias File = SQLiteRelationalConformanceTests.File

    @Test("in memory", arguments: RelationalLaws.observationCases(for: Memory.self))
    func memory(law: ConformanceCase<Memory>) async {
        let verdict = await ConformanceRunner(harness: Memory(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("in a file", arguments: RelationalLaws.observationCases(for: File.self))
    func file(law: ConformanceCase<File>) async throws {
        let harness = File(folder: try TemporaryFolder())
        let verdict = await ConformanceRunner(harness: harness, seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every store that observes wrongly is caught by the law that is meant for it")
    func gallery() async {
        let report = await RelationalLaws.observationKillReport(
            harness: Memory(), seed: testSeed)
        #expect(report.escaped.isEmpty, "\(report)")
        print(report)
    }

    /// The tables that an observer has been told of, all of which it observes; none when nothing
    /// waits to be read.
    static func told(
        _ changes: TableChangeSequence, _ database: SQLiteDatabase
    ) async throws -> Set<String> {
        try await database.execute("INSERT INTO marker VALUES (1)")
        var told: Set<String> = []
        var reader = changes.makeAsyncIterator()
        while let event = try await reader.next() {
            told.formUnion(event.tables)
            if told.remove("marker") != nil { return told }
        }
        return told
    }

    static let tables: Set<String> = ["todo", "pair", "note", "words", "log", "Mixed", "marker"]

    static func observing(
        _ kind: SQLiteDatabaseTests.Kind = .file,
        _ body: (SQLiteDatabase, TableChangeSequence) async throws -> Void
    ) async throws {
        try await SQLiteDatabaseTests.withDatabase(kind) { database in
            try await database.execute(
                script: """
                    CREATE TABLE marker (n INTEGER);
                    CREATE TABLE pair (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
                    CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE);
                    CREATE TABLE log (text TEXT);
                    CREATE TABLE mixed (id INTEGER);
                    CREATE VIRTUAL TABLE words USING fts5 (text);
                    CREATE TRIGGER noted AFTER INSERT ON note BEGIN
                        INSERT INTO log VALUES (NEW.text); END;
                    """)
            try await body(database, try await database.changes(in: tables))
        }
    }

    @Test("whatever changes rows is reported, where the update hook would be silent too")
    func kinds() async throws {
        try await Self.observing { database, changes in
            let rows: [(SQL, Set<String>)] = [
                ("INSERT INTO pair VALUES (1, 2), (3, 4)", ["pair"]),
                ("UPDATE pair SET b = 5 WHERE a = 1", ["pair"]),
                ("DELETE FROM pair", ["pair"]),
                ("INSERT INTO note VALUES (1, 'x')", ["note", "log"]),
                ("REPLACE INTO note VALUES (2, 'x')", ["note", "log"]),
                ("DELETE FROM log", ["log"]),
                ("INSERT INTO words VALUES ('to be or not to be')", ["words"]),
                ("DELETE FROM words", ["words"]),
                ("INSERT INTO mixed VALUES (1)", ["Mixed"]),
                ("WITH n (id) AS (SELECT 2) INSERT INTO mixed SELECT id FROM n", ["Mixed"]),
                ("UPDATE mixed SET id = 3 WHERE id = 99", []),
                ("DELETE FROM pair", []),
                ("INSERT OR IGNORE INTO note VALUES (2, 'y')", []),
                ("SELECT * FROM mixed", []),
                ("EXPLAIN DELETE FROM mixed", []),
                ("CREATE TEMP TABLE todo (id INTEGER)", []),
                ("INSERT INTO temp.todo VALUES (1)", []),
                ("DROP TABLE temp.todo", []),
                ("ALTER TABLE mixed ADD COLUMN more INTEGER DEFAULT 7", ["Mixed"]),
                ("DROP TABLE mixed", ["Mixed"]),
                ("CREATE TABLE mixed AS SELECT 1 AS id", ["Mixed"]),
            ]
            for (statement, expected) in rows {
                // Twice: a statement knows its tables also when it was kept prepared.
                try await database.execute(statement)
                #expect(try await Self.told(changes, database) == expected, "\(statement)")
            }
        }
    }

    @Test("a statement that is kept prepared reports each of its runs")
    func keptStatement() async throws {
        try await Self.observing { database, changes in
            for id in 1...3 {
                try await database.execute("INSERT INTO todo VALUES (\(id), 'x', 0)")
                #expect(try await Self.told(changes, database) == ["todo"])
            }
        }
    }

    @Test("a change is there to be read before the call that made it returns", arguments: [1, 2])
    func beforeReturn(observers: Int) async throws {
        try await Self.observing { database, changes in
            let second = try await database.changes(in: ["log"])
            try await database.write { try $0.execute("INSERT INTO note VALUES (1, 'x')") }
            #expect(changes.pendingTables == ["note", "log"])
            #expect(second.pendingTables == ["log"])
        }
    }

    @Test("every way to write reports its commit, and none its rollback")
    func ways() async throws {
        try await Self.observing { database, changes in
            let ways: [@Sendable (SQL) async throws -> Void] = [
                { try await database.execute($0) },
                { try await database.execute($0, sharesCommit: false) },
                { sql in _ = try await database.write { try $0.execute(sql) } },
                { sql in _ = try await database.withTransaction { try await $0.execute(sql) } },
                { sql in _ = try await database.withConnection { try await $0.execute(sql) } },
                { sql in _ = try await database.first("\(sql) RETURNING 1", as: Int.self) },
                { sql in for try await _ in database.query("\(sql) RETURNING 1", as: Int.self) {} },
            ]
            for (id, way) in ways.enumerated() {
                try await way("INSERT INTO todo VALUES (\(id), 'x', 0)")
                #expect(try await Self.told(changes, database) == ["todo"], "way \(id)")
                try await expectError(.alreadyExists) {
                    try await way("INSERT INTO todo VALUES (\(id), 'x', 0)")
                }
                #expect(try await Self.told(changes, database) == [], "way \(id)")
            }
        }
    }

    @Test("a script reports what each of its transactions committed")
    func scripts() async throws {
        try await Self.observing { database, changes in
            try await database.execute(
                script: "INSERT INTO log VALUES ('a'); INSERT INTO pair VALUES (1, 1)")
            #expect(try await Self.told(changes, database) == ["log", "pair"])
            try await database.withConnection { connection in
                try await connection.perform { connection in
                    try connection.execute(
                        script: """
                            INSERT INTO log VALUES ('b');
                            BEGIN; INSERT INTO pair VALUES (2, 2); ROLLBACK;
                            """)
                }
            }
            let told = try await Self.told(changes, database)
            #expect(told == ["log"])
        }
    }

    @Test("a reader that leaves a writing statement's rows has undone it, and nothing is reported")
    func leftRows() async throws {
        try await Self.observing { database, changes in
            for try await _ in database.query(
                """
                WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 100)
                INSERT INTO log SELECT 'line ' || id FROM n RETURNING text
                """, as: String.self)
            { break }
            #expect(try await database.first("SELECT count(*) FROM log", as: Int.self) == 0)
            #expect(try await Self.told(changes, database) == [])
        }
    }

    @Test("a statement inside the loop over another's rows is reported with it")
    func interleaved() async throws {
        try await Self.observing { database, changes in
            try await database.withConnection { connection in
                for try await id in connection.query(
                    "INSERT INTO todo VALUES (1, 'x', 0), (2, 'x', 0) RETURNING id", as: Int.self)
                {
                    try await connection.execute("INSERT INTO pair VALUES (\(id), 0)")
                }
            }
            #expect(try await Self.told(changes, database) == ["todo", "pair"])
        }
    }

    @Test("writes that share a commit are each reported, and one that fails is not")
    func groups() async throws {
        try await Self.observing { database, changes in
            let results = try await SQLiteGroupCommitTests.together(
                on: database,
                [
                    "INSERT INTO todo VALUES (1, 'x', 0)", "INSERT INTO todo VALUES (1, 'x', 0)",
                    "INSERT INTO pair VALUES (1, 1)", "INSERT INTO nowhere VALUES (1)",
                ])
            #expect(
                SQLiteGroupCommitTests.codes(results) == [
                    nil, .alreadyExists, nil, .invalidStatement,
                ])
            #expect(changes.pendingTables == ["todo", "pair"])
            _ = try await Self.told(changes, database)
        }
    }

    @Test("a group that is undone reports what its members did one by one")
    func undoneGroup() async throws {
        try await Self.observing { database, changes in
            try await database.execute(
                script: """
                    CREATE TRIGGER t BEFORE INSERT ON log WHEN NEW.text = 'no'
                    BEGIN SELECT RAISE(ROLLBACK, 'no'); END
                    """)
            _ = try await SQLiteGroupCommitTests.together(
                on: database,
                ["INSERT INTO todo VALUES (1, 'x', 0)", "INSERT INTO log VALUES ('no')"])
            #expect(try await Self.told(changes, database) == ["todo"])
        }
    }

    @Test("the hooks are there while somebody observes, and go after the last one")
    func hooks() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            func isTracked() async throws -> Bool {
                try await database.writer.run { $0.handle.tracker != nil }
            }
            #expect(try await !isTracked())
            do {
                let first = try await database.changes(in: ["todo"])
                let second = try await database.changes(in: ["todo"])
                #expect(try await isTracked())
                withExtendedLifetime((first, second)) {}
            }
            #expect(!database.changeHub.isObserved)
            try await database.execute("DELETE FROM todo")
            #expect(try await !isTracked())
            let again = try await database.changes(in: ["todo"])
            try await database.execute("INSERT INTO todo VALUES (1, 'x', 0)")
            #expect(again.pendingTables == ["todo"])
        }
    }

    @Test("a change by another connection is not seen, as the documentation says")
    func otherConnection() async throws {
        let folder = try TemporaryFolder()
        let location = SQLiteLocation.file(folder.file("test.db"))
        let (database, other) = (SQLiteDatabase(location), SQLiteDatabase(location))
        try await database.execute(script: "CREATE TABLE t (id)")
        let changes = try await database.changes(in: ["t"])
        try await other.execute("INSERT INTO t VALUES (1)")
        #expect(changes.pendingTables.isEmpty)
        await database.close()
        await other.close()
    }

    @Test("a database that is dropped ends its observations")
    func dropped() async throws {
        var database: SQLiteDatabase? = SQLiteDatabase(.memory)
        let changes = try #require(try await database?.changes(in: ["t"]))
        database = nil
        var reader = changes.makeAsyncIterator()
        #expect(try await reader.next() == nil)
    }

    @Test("observing inside a transaction of the database itself is an error")
    func inside() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            try await expectError(.invalidState) {
                try await database.withTransaction { _ in
                    _ = try await database.changes(in: ["todo"])
                }
            }
        }
    }
}
