import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Statements that prepare themselves",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresPreparedTests {
    private func prepared(on database: PostgresDatabase) async throws -> Int {
        try await database.first("SELECT count(*) FROM pg_prepared_statements", as: Int.self) ?? 0
    }

    @Test("a statement is prepared once for its types, and the oldest goes when there are too many")
    func cache() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementCacheCapacity = 4
        try await PostgresWorld.with(configuration) { database in
            for number in 0..<10 {
                #expect(try await database.first("SELECT \(number)", as: Int.self) == number)
            }
            #expect(try await prepared(on: database) == 2)
            _ = try await database.first("SELECT \(1.5)", as: Double.self)
            #expect(try await prepared(on: database) == 3)
            for number in 0..<20 {
                let text = SQL(verbatim: "SELECT \(number) + ")
                #expect(try await database.first("\(text) \(1)", as: Int.self) == number + 1)
            }
            #expect(try await prepared(on: database) <= 4)
        }
    }

    @Test("texts that only Swift takes for the same are two statements")
    func equivalentTexts() async throws {
        try await PostgresWorld.with(.single()) { database in
            for (accented, scalars) in [("\u{e9}", 1), ("e\u{301}", 2), ("\u{e9}", 1)] {
                let sql = SQL(verbatim: "SELECT length('\(accented)') + ")
                let found: Int? = try await database.first("\(sql) \(0)", as: Int.self)
                #expect(found == scalars)
            }
        }
    }

    @Test("without a cache nothing is prepared, for PgBouncer")
    func off() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementCacheCapacity = 0
        try await PostgresWorld.with(configuration) { database in
            let text = try await database.first("SELECT \("a")", as: String.self)
            let count = try await prepared(on: database)
            #expect(text == "a" && count == 0)
        }
    }

    @Test("a plan that the schema has made stale is made anew, and in a transaction is a conflict")
    func stale() async throws {
        struct Row: Decodable, Equatable, Sendable { var a: Int; var b: Int? }
        try await PostgresWorld.with(.single()) { database in
            try await database.execute("CREATE TABLE t (a int)")
            try await database.execute("INSERT INTO t VALUES (1)")
            let all: SQL = "SELECT * FROM t"
            #expect(try await database.first(all, as: Row.self) == Row(a: 1))
            try await database.execute("ALTER TABLE t ADD COLUMN b int DEFAULT 2")
            #expect(try await database.first(all, as: Row.self) == Row(a: 1, b: 2))
            try await database.execute("ALTER TABLE t DROP COLUMN b")
            let error = try await expectError(.conflict) {
                try await database.withTransaction { transaction in
                    _ = try await transaction.first(all, as: Row.self)
                }
            }
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
            let again = try await database.withTransaction { transaction in
                try await transaction.first(all, as: Row.self)
            }
            #expect(again == Row(a: 1))
        }
    }

    @Test("a plan that is stale in a savepoint fails the savepoint alone")
    func staleInSavepoint() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute("CREATE TABLE t (a int)")
            try await database.execute("INSERT INTO t VALUES (1)")
            let all: SQL = "SELECT * FROM t"
            #expect(try await database.first(all, as: Int.self) == 1)
            try await database.execute("ALTER TABLE t ALTER COLUMN a TYPE bigint")
            try await database.withTransaction { transaction in
                try await expectError(.conflict) {
                    try await transaction.withTransaction { inner in
                        _ = try await inner.first(all, as: Int.self)
                    }
                }
                #expect(try await transaction.first(all, as: Int.self) == 1)
            }
        }
    }

    @Test("one that was to go when those before it failed goes later")
    func skipped() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementCacheCapacity = 2
        try await PostgresWorld.with(configuration) { database in
            for number in 0..<10 {
                let text = SQL(verbatim: "\(number)")
                try await database.execute("SELECT 1 + \(text)")
                try await database.execute("SELECT 2 + \(text)")
                try await expectError(.invalidArgument) {
                    try await database.execute(pipeline: [
                        "SELECT 1 / (\(text) * 0)", "SELECT 3 + \(text)",
                    ])
                }
            }
            #expect(try await prepared(on: database) <= 2)
        }
    }

    @Test("names that the server has forgotten are prepared anew", arguments: [true, false])
    func forgotten(discards: Bool) async throws {
        try await PostgresWorld.with(.single()) { database in
            for _ in 0..<3 {
                #expect(try await database.first("SELECT \(7)", as: Int.self) == 7)
                try await database.withConnection { connection in
                    if discards {
                        try await connection.execute("DISCARD ALL")
                    } else {
                        try await connection.execute("DO 'BEGIN DEALLOCATE ALL; END'")
                    }
                }
            }
        }
    }

    @Test("what a name brings is not taken for what it has brought before")
    func renamed() async throws {
        try await PostgresWorld.with(.single()) { database in
            let fetch: SQL = "FETCH 10 FROM list"
            for _ in 0..<2 {
                try await database.withTransaction { transaction in
                    try await transaction.execute(
                        "DECLARE list CURSOR FOR SELECT 1::int8 AS a, 'x'::text AS b")
                    let rows = try await transaction.query(
                        fetch, as: (Int, String).self, limit: 10)
                    #expect(rows.map(\.0) == [1] && rows.map(\.1) == ["x"])
                }
                try await database.withTransaction { transaction in
                    try await transaction.execute("DECLARE list CURSOR FOR SELECT 'y'::text AS a")
                    #expect(
                        try await transaction.query(fetch, as: String.self, limit: 10) == ["y"])
                }
            }
        }
    }

    @Test(
        "one that cannot be prepared spoils nothing, for those behind it neither",
        arguments: [1, 2, 256])
    func failing(capacity: Int) async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementCacheCapacity = capacity
        try await PostgresWorld.with(configuration) { database in
            await withTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        let error = await storageError {
                            try await database.first("SELECT nothing", as: Int.self)
                        }
                        #expect(error?.code == .invalidStatement)
                    }
                    group.addTask {
                        let one = try? await database.first("SELECT \(1)", as: Int.self)
                        #expect(one == 1)
                    }
                }
            }
        }
    }
}

@Suite("The cache of prepared statements")
struct StatementCacheTests {
    private func key(_ number: Int) -> PostgresStatement.Key {
        PostgresStatement.Key(text: "\(number)", types: [])
    }

    @Test("the least recently used goes first")
    func order() throws {
        var cache = StatementCache(capacity: 2)
        guard case .needed(let first, nil) = cache.prepare(key(1)),
            case .underway = cache.prepare(key(1)),
            case .needed(let second, nil) = cache.prepare(key(2))
        else {
            Issue.record("something else")
            return
        }
        first.isConfirmed = true
        second.isConfirmed = true
        guard case .done(let again) = cache.prepare(key(1)),
            case .needed(_, let evicted) = cache.prepare(key(3))
        else {
            Issue.record("something else")
            return
        }
        #expect(again.name == first.name && evicted == second.name)
        #expect(cache.count == 2)
        cache.forget(key(3))
        guard case .needed(let fourth, nil) = cache.prepare(key(4)) else {
            Issue.record("something else")
            return
        }
        #expect(fourth.name != first.name)
        cache.forgetAll()
        #expect(cache.count == 0)
    }

    @Test("one that is still on its way does not go, as its preparation may fail")
    func underway() {
        var cache = StatementCache(capacity: 1)
        guard case .needed(let first, nil) = cache.prepare(key(1)),
            case .full = cache.prepare(key(2))
        else {
            Issue.record("something else")
            return
        }
        first.isConfirmed = true
        guard case .needed(_, first.name) = cache.prepare(key(2)) else {
            Issue.record("something else")
            return
        }
        #expect(cache.count == 1)
    }
}
