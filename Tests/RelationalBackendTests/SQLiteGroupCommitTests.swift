import Foundation
import StorageKit
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Group commit on SQLite", .nothingLeftOpen)
struct SQLiteGroupCommitTests {
    /// Runs writes that all wait for the writer at the same moment, in the order given, and returns
    /// what became of each: the rows it changed, or its error.
    static func together(
        on database: SQLiteDatabase, _ writes: [SQL]
    ) async throws -> [Result<Int, StorageError>] {
        var tasks: [Task<Int, any Error>] = []
        try await duringWrite(of: database) {
            for write in writes {
                let before = database.writer.acceptedCalls
                tasks.append(Task { try await database.execute(write).rowCount })
                while database.writer.acceptedCalls == before { await Task.yield() }
            }
        }
        var results: [Result<Int, StorageError>] = []
        for task in tasks {
            do { results.append(.success(try await task.value)) } catch let error as StorageError {
                results.append(.failure(error))
            }
        }
        return results
    }

    static func codes(_ results: [Result<Int, StorageError>]) -> [StorageError.Code?] {
        results.map { result in
            if case .failure(let error) = result { error.code } else { nil }
        }
    }

    static func ids(_ database: SQLiteDatabase) async throws -> [Int] {
        try await database.query(
            "SELECT id FROM todo ORDER BY id", as: Int.self, limit: 10_000)
    }

    @Test("writes that wait together share one transaction")
    func sharing() async throws {
        let folder = try TemporaryFolder()
        let database = SQLiteDatabase(.file(folder.file("test.db")))
        try await database.execute(script: "CREATE TABLE todo (id INTEGER PRIMARY KEY) STRICT")
        try await database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let results = try await Self.together(
            on: database, (1...40).map { "INSERT INTO todo VALUES (\($0))" })
        #expect(Self.codes(results) == Array(repeating: nil, count: 40))
        #expect(try await Self.ids(database) == Array(1...40))
        // Each commit writes the one page of the table into the log again: forty, or one for a
        // group. A machine that stops meanwhile makes a few groups of it, since one is bounded.
        let log = try FileManager.default.attributesOfItem(atPath: folder.file("test.db-wal"))
        let bytes = try #require(log[.size] as? Int)
        #expect((bytes - 32) / (4096 + 24) < 20)
        await database.close()
    }

    @Test("a violated constraint is its own write's, and the others are done")
    func constraint() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            let results = try await Self.together(
                on: database,
                [
                    "INSERT INTO todo VALUES (1, 'x', 0)", "INSERT INTO todo VALUES (1, 'y', 0)",
                    "INSERT INTO nowhere VALUES (1)", "INSERT INTO todo VALUES (2, 'x', 0)",
                    "INSERT INTO todo VALUES (3, 'x', 0), (2, 'x', 0)",
                ])
            #expect(
                Self.codes(results) == [
                    nil, .alreadyExists, .invalidStatement, nil, .alreadyExists,
                ])
            #expect(try await Self.ids(database) == [1, 2])
        }
    }

    @Test("an error that rolls everything back harms no neighbour")
    func implicitRollback() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            try await database.execute(
                script: """
                    CREATE TRIGGER t BEFORE INSERT ON todo WHEN NEW.id = 2
                    BEGIN SELECT RAISE(ROLLBACK, 'no'); END
                    """)
            let results = try await Self.together(
                on: database, (1...4).map { "INSERT INTO todo VALUES (\($0), 'x', 0)" })
            #expect(Self.codes(results) == [nil, .constraintViolation, nil, nil])
            #expect(try await Self.ids(database) == [1, 3, 4])
            let conflicts = try await Self.together(
                on: database,
                [
                    "INSERT INTO todo VALUES (5, 'x', 0)",
                    "INSERT OR ROLLBACK INTO todo VALUES (1, 'x', 0)",
                    "INSERT INTO todo VALUES (6, 'x', 0)",
                ])
            #expect(Self.codes(conflicts) == [nil, .alreadyExists, nil])
            #expect(try await Self.ids(database) == [1, 3, 4, 5, 6])
        }
    }

    @Test("a deferred foreign key fails the write that violates it and no other")
    func deferredForeignKey() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            try await database.execute(
                script: """
                    CREATE TABLE child (
                        id INTEGER PRIMARY KEY,
                        todo INTEGER REFERENCES todo (id) DEFERRABLE INITIALLY DEFERRED
                    ) STRICT
                    """)
            // The second would find its parent at the commit of the group; by itself it does not.
            let results = try await Self.together(
                on: database,
                [
                    "INSERT INTO todo VALUES (1, 'x', 0)", "INSERT INTO child VALUES (1, 2)",
                    "INSERT INTO todo VALUES (2, 'x', 0)", "INSERT INTO child VALUES (2, 2)",
                ])
            #expect(Self.codes(results) == [nil, .constraintViolation, nil, nil])
            #expect(try await Self.ids(database) == [1, 2])
            let children = try await database.query(
                "SELECT id FROM child", as: Int.self, limit: 100)
            #expect(children == [2])
        }
    }

    @Test("what cannot be inside a transaction runs by itself, in its place")
    func loners() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            let results = try await Self.together(
                on: database,
                [
                    "INSERT INTO todo VALUES (1, 'x', 0)", "INSERT INTO todo VALUES (2, 'x', 0)",
                    "VACUUM", "PRAGMA user_version = 7", "BEGIN", "COMMIT",
                    "ALTER TABLE todo ADD COLUMN note TEXT",
                    "UPDATE todo SET note = 'n'", "DELETE FROM todo WHERE id = 1",
                ])
            #expect(
                Self.codes(results)
                    == [nil, nil, nil, nil, .invalidState, .invalidStatement, nil, nil, nil])
            #expect(try results.suffix(2).map { try $0.get() } == [2, 1])
            #expect(try await Self.ids(database) == [2])
        }
    }

    @Test("a member that is cancelled while it runs is undone alone")
    func cancelledMember() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            let endless: SQL = """
                WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
                INSERT INTO todo SELECT 1000 + x, 'x', 0 FROM n
                """
            var tasks: [Task<Void, any Error>] = []
            let writes: [SQL] = [
                "INSERT INTO todo VALUES (1, 'x', 0)", endless,
                "INSERT INTO todo VALUES (2, 'x', 0)",
            ]
            try await duringWrite(of: database) {
                for write in writes {
                    let before = database.writer.acceptedCalls
                    tasks.append(Task { _ = try await database.execute(write) })
                    while database.writer.acceptedCalls == before { await Task.yield() }
                }
            }
            tasks[1].cancel()
            try await expectError(.cancelled) { try await tasks[1].value }
            try await tasks[0].value
            try await tasks[2].value
            #expect(try await Self.ids(database) == [1, 2])
        }
    }

    @Test(
        "whenever members are cancelled, each is there or not as its outcome says",
        .timeLimit(.minutes(5)))
    func cancelledAtAnyMoment() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            for round in 0..<20 {
                let outcomes = await withTaskGroup(of: (Int, StorageError?).self) { group in
                    for number in 0..<32 {
                        let id = round * 100 + number
                        group.addTask {
                            let task = Task {
                                _ = try await database.execute(
                                    "INSERT INTO todo VALUES (\(id), 'x', 0)")
                            }
                            for _ in 0..<(number % 7) { await Task.yield() }
                            if number.isMultiple(of: 2) { task.cancel() }
                            if case .failure(let error) = await task.result {
                                return (id, error as? StorageError)
                            }
                            return (id, nil)
                        }
                    }
                    return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                }
                let stored = try await Set(Self.ids(database))
                for number in 0..<32 {
                    let id = round * 100 + number
                    let error = outcomes[id] ?? nil
                    #expect(error == nil || error?.code == .cancelled)
                    #expect(error?.mayHaveBeenApplied != true)
                    #expect(stored.contains(id) == (error == nil), "\(id)")
                }
            }
        }
    }

    @Test("a task's own writes keep their order among those of sixty-four")
    func order() async throws {
        try await SQLiteDatabaseTests.withDatabase(.file) { database in
            try await database.execute(
                script: "CREATE TABLE step (at INTEGER PRIMARY KEY, task INTEGER, number INTEGER)")
            try await withThrowingTaskGroup { group in
                for task in 0..<64 {
                    group.addTask {
                        for number in 0..<5 {
                            try await database.execute(
                                "INSERT INTO step (task, number) VALUES (\(task), \(number))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let steps = try await database.query(
                "SELECT task, number FROM step ORDER BY at", as: (Int, Int).self, limit: 1000)
            #expect(steps.count == 320)
            for task in 0..<64 {
                #expect(steps.filter { $0.0 == task }.map(\.1) == [0, 1, 2, 3, 4])
            }
        }
    }

    @Test("only changes of rows share a commit")
    func kinds() {
        for text in [
            "INSERT INTO t", " \n\tupdate t", "DELETE FROM t", "replace into t", "With x AS (…)",
        ] {
            #expect(RenderedSQL(text: text).mayShareCommit, "\(text)")
        }
        for text in [
            "", "   ", "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "VACUUM",
            "PRAGMA x = 1", "ATTACH 'a' AS b", "DETACH b", "CREATE TABLE t (a)", "DROP TABLE t",
            "ALTER TABLE t ADD a", "REINDEX", "ANALYZE", "EXPLAIN INSERT INTO t", "INSER", "/**/ x",
        ] {
            #expect(!RenderedSQL(text: text).mayShareCommit, "\(text)")
        }
    }
}
