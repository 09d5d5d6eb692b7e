import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Many statements of PostgreSQL's in one round trip",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresPipelineTests {
    private struct Thing: Codable, Equatable, Sendable {
        var id: Int
        var name: String?
    }

    private static let schema: SQL =
        "CREATE TABLE t (id int PRIMARY KEY, name text UNIQUE CHECK (name <> 'bad'))"

    private static func with(
        _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute(schema)
            try await body(database)
        }
    }

    private static func ids(_ database: PostgresDatabase) async throws -> [Int] {
        try await database.query("SELECT id FROM t ORDER BY id", as: Int.self, limit: 9999)
    }

    @Test("each statement sees those before it, and gives what it was asked for")
    func typed() async throws {
        try await Self.with { database in
            let (changes, thing, all, pair, none, pairs) = try await database.pipeline {
                (
                    $0.execute("INSERT INTO t VALUES (1, \("one")), (2, NULL)"),
                    $0.first("SELECT * FROM t WHERE id = \(1)", as: Thing.self),
                    $0.query("SELECT * FROM t ORDER BY id", as: Thing.self, limit: 10),
                    $0.first(
                        "UPDATE t SET name = 'two' WHERE id = 2 RETURNING id, name",
                        as: (Int, String).self),
                    $0.first("SELECT id FROM t WHERE id = 9", as: Int.self),
                    $0.query(
                        "SELECT id, name FROM t ORDER BY id", as: (Int, String).self, limit: 2)
                )
            }
            #expect(changes.rowCount == 2)
            #expect(thing == Thing(id: 1, name: "one"))
            #expect(all == [Thing(id: 1, name: "one"), Thing(id: 2, name: nil)])
            #expect(pair?.0 == 2 && pair?.1 == "two")
            #expect(none == nil)
            #expect(pairs.map(\.0) == [1, 2] && pairs.map(\.1) == ["one", "two"])
        }
    }

    @Test("when one fails all are undone, the rest is not run, and the error says which it was")
    func failing() async throws {
        try await Self.with { database in
            let error = try await expectError(.constraintViolation) {
                try await database.execute(pipeline: [
                    "INSERT INTO t VALUES (1, 'one')",
                    "INSERT INTO t VALUES (2, 'bad')",
                    "INSERT INTO t VALUES (3, 'three')",
                ])
            }
            #expect(error.message.hasPrefix("statement 2 of 3"), "\(error)")
            #expect(error.constraint?.kind == .check && error.operation == "pipeline")
            #expect(error.statement == "INSERT INTO t VALUES (2, 'bad')")
            #expect(try await Self.ids(database) == [])
        }
    }

    @Test("in a transaction they are part of it, and a failure in a savepoint undoes just that")
    func inside() async throws {
        try await Self.with { database in
            try await database.withTransaction { transaction in
                try await transaction.execute(
                    pipeline: (1...3).map { "INSERT INTO t VALUES (\($0))" })
                try await expectError(.alreadyExists) {
                    try await transaction.withTransaction { inner in
                        _ = try await inner.execute(pipeline: [
                            "INSERT INTO t VALUES (4)",
                            "INSERT INTO t VALUES (1)",
                        ])
                    }
                }
                let (first, count) = try await transaction.pipeline {
                    (
                        $0.first("SELECT min(id) FROM t", as: Int.self),
                        $0.first("SELECT count(*) FROM t", as: Int.self)
                    )
                }
                #expect(first == 1 && count == 3)
            }
            #expect(try await Self.ids(database) == [1, 2, 3])
            let error = try await expectError(.alreadyExists) {
                try await database.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (5)")
                    _ = try await transaction.execute(pipeline: [
                        "INSERT INTO t VALUES (6)",
                        "INSERT INTO t VALUES (1)",
                    ])
                }
            }
            #expect(error.message.contains("statement 2 of 2"))
            #expect(try await Self.ids(database) == [1, 2, 3])
        }
    }

    @Test("on a connection without a transaction they are one")
    func onConnection() async throws {
        try await Self.with { database in
            try await database.withConnection(.readWrite) { connection in
                try await expectError(.alreadyExists) {
                    try await connection.execute(
                        "INSERT INTO t VALUES (\(.placeholder), \(.placeholder))",
                        withEach: [(1, "a"), (2, "b"), (1, "c")])
                }
                let counts = try await connection.execute(
                    "INSERT INTO t VALUES (\(.placeholder), \(.placeholder))",
                    withEach: [(1, "a"), (2, "b")])
                #expect(counts == [1, 1])
            }
            #expect(try await Self.ids(database) == [1, 2])
        }
    }

    @Test("a thousand rows go in one round trip, by a statement that is prepared once")
    func thousand() async throws {
        try await Self.with { database in
            let insert: SQL = "INSERT INTO t VALUES (\(.placeholder), \(.placeholder))"
            for round in 0..<3 {
                let rows = (0..<1000).map { (round * 1000 + $0, "row \(round * 1000 + $0)") }
                let counts = try await database.execute(insert, withEach: rows)
                #expect(counts == Array(repeating: 1, count: 1000))
            }
            #expect(try await Self.ids(database) == Array(0..<3000))
            let prepared = try await database.first(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO t%'",
                as: Int.self)
            #expect(prepared == 1)
            let runs = try await database.first(
                """
                SELECT generic_plans + custom_plans FROM pg_prepared_statements
                WHERE statement LIKE 'INSERT INTO t%'
                """, as: Int.self)
            #expect(runs == 3000)
        }
    }

    @Test("more distinct statements than are kept prepared are run all the same")
    func evicting() async throws {
        var configuration = PostgresConfiguration.single()
        configuration.statementCacheCapacity = 3
        try await PostgresWorld.with(configuration) { database in
            for _ in 0..<3 {
                let changes = try await database.execute(
                    pipeline: (0..<50).map { "SELECT \(SQL(verbatim: "\($0 % 7)"))" })
                #expect(changes.map(\.commandTag) == Array(repeating: "SELECT 1", count: 50))
            }
        }
    }

    @Test("too many rows of one undo what the others have written")
    func limit() async throws {
        try await Self.with { database in
            let error = try await expectError(.limitExceeded) {
                _ = try await database.pipeline {
                    (
                        $0.execute("INSERT INTO t SELECT generate_series(1, 10)"),
                        $0.query("SELECT id FROM t", as: Int.self, limit: 9)
                    )
                }
            }
            #expect(error.message.contains("more than 9 rows"))
            #expect(try await Self.ids(database) == [])
            try await database.withTransaction { transaction in
                try await transaction.execute("INSERT INTO t VALUES (50)")
                try await expectError(.limitExceeded) {
                    _ = try await transaction.pipeline {
                        (
                            $0.query("DELETE FROM t RETURNING id", as: Int.self, limit: 0),
                            $0.execute("INSERT INTO t VALUES (51)")
                        )
                    }
                }
            }
            #expect(try await Self.ids(database) == [50])
        }
    }

    @Test("what cannot be sent is refused before anything is")
    func refused() async throws {
        try await Self.with { database in
            try await expectError(.invalidState) {
                try await database.execute(pipeline: [
                    "INSERT INTO t VALUES (1)", "COMMIT",
                ])
            }
            try await expectError(.encodingFailed) {
                try await database.execute(pipeline: [
                    "INSERT INTO t VALUES (1)",
                    "INSERT INTO t VALUES (2, \("a\0b"))",
                ])
            }
            try await expectError(.invalidArgument) {
                try await database.execute(
                    "INSERT INTO t VALUES (\(.placeholder))", withEach: [(1, "a")])
            }
            try await expectError(.limitExceeded) {
                try await database.execute(
                    "INSERT INTO t VALUES (\(.placeholder), \(.placeholder))",
                    withEach: (0..<4097).lazy.map { ($0, "\($0)") })
            }
            #expect(try await database.execute(pipeline: []).isEmpty)
            #expect(try await Self.ids(database) == [])
        }
    }

    @Test("a cancelled pipeline is stopped on the server and has changed nothing")
    func cancelled() async throws {
        try await Self.with { database in
            let admin = try PostgresWorld.admin
            let mark = "mark \(UInt64.random(in: 0 ... .max))"
            let task = Task {
                try await database.execute(pipeline: [
                    "INSERT INTO t VALUES (1)",
                    "SELECT pg_sleep(3600) /* \(SQL(verbatim: mark)) */",
                    "INSERT INTO t VALUES (2)",
                ])
            }
            try await reached { try await admin.runningStatements(like: "%\(mark)%") == 1 }
            task.cancel()
            try await expectError(.cancelled) { _ = try await task.value }
            #expect(try await Self.ids(database) == [])
        }
    }

    @Test("a pipeline whose answer is lost may have been applied; in a transaction it was not")
    func lost() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let database = try PostgresDatabase(server.url(port: proxy.port))
        let direct = try PostgresDatabase(server.url)
        try await direct.execute(Self.schema)
        _ = try await database.first("SELECT 1", as: Int.self)
        proxy.cut(.resetting, after: 0, .fromServer)
        let error = try await expectError(.unavailable) {
            try await database.execute(
                "INSERT INTO t VALUES (\(.placeholder), \(.placeholder))",
                withEach: [(1, "a"), (2, "b")])
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await Self.ids(direct) == [1, 2])
        let inside = try await expectError(.unavailable) {
            try await database.withTransaction { transaction in
                try await transaction.execute("SELECT 1")
                proxy.cut(.resetting, after: 0, .fromServer)
                _ = try await transaction.execute(pipeline: ["INSERT INTO t VALUES (3)"])
            }
        }
        #expect(!inside.mayHaveBeenApplied)
        #expect(try await Self.ids(direct) == [1, 2])
        await database.close()
        await direct.close()
    }
}
