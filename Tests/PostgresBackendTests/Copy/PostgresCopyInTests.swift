import Foundation
import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Rows that are copied to PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresCopyInTests {
    private static let schema: SQL = "CREATE TABLE t (id int PRIMARY KEY, name text UNIQUE)"

    private static func rows(_ ids: some Sequence<Int>) -> [(Int, String)] {
        ids.map { ($0, "row \($0)") }
    }

    private struct Oops: Error {}

    @Test("more rows than a connection holds arrive, each as it was, and in their order")
    func many() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (id bigint, name text, place serial)")
            let long = String(repeating: "long ", count: 40)
            let count = try await database.insert(
                (0..<50_000).lazy.map { ($0, long + "\($0)") }, into: "t", columns: ["id", "name"])
            #expect(count == 50_000)
            let wrong = try await database.first(
                """
                SELECT count(*) FROM t
                WHERE id <> place - 1 OR name <> repeat('long ', 40) || id::text
                """, as: Int.self)
            #expect(wrong == 0)
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 50_000)
        }
    }

    @Test("a value that is larger than all buffers arrives")
    func large() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (id int, data bytea)")
            let data = Data((0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            try await database.insert(
                [(1, data), (2, Data()), (3, data)], into: "t", columns: ["id", "data"])
            let found = try await database.query(
                "SELECT data FROM t ORDER BY id", as: Data.self, limit: 3)
            #expect(found == [data, Data(), data])
        }
    }

    @Test("a broken rule is told with its constraint and its row, and no row stays")
    func constraint() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute(Self.schema)
            let rows = Self.rows(1...5000) + [(5001, "row 7")] + Self.rows(5002...9000)
            let error = try await expectError(.constraintViolation) {
                try await database.insert(rows, into: "t", columns: ["id", "name"])
            }
            #expect(error.constraint?.kind == .unique && error.constraint?.name == "t_name_key")
            #expect(error.constraint?.columns == ["name"])
            #expect(error.message.contains("row 5001") && error.operation == "insert")
            #expect(error.native?.name == "23505" && !error.mayHaveBeenApplied)
            #expect(!"\(error)".contains("row 7"))
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
            let count = try await database.insert(
                Self.rows(1...3), into: "t", columns: ["id", "name"])
            #expect(count == 3)
        }
    }

    @Test("a taken primary key is a row that exists already")
    func primaryKey() async throws {
        try await PostgresWorld.with { database in
            try await database.execute(Self.schema)
            let error = try await expectError(.alreadyExists) {
                try await database.insert([1, 2, 1], into: "t", column: "id")
            }
            #expect(error.constraint?.kind == .primaryKey && error.message.contains("row 3"))
        }
    }

    @Test("a source that throws leaves nothing, and the connection is the same one after it")
    func source() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute(Self.schema)
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self)
            let source = AsyncThrowingStream<(Int, String), any Error> { continuation in
                for row in Self.rows(1...3000) { continuation.yield(row) }
                continuation.finish(throwing: Oops())
            }
            await #expect(throws: Oops.self) {
                try await database.insert(source, into: "t", columns: ["id", "name"])
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
            #expect(try await database.first("SELECT pg_backend_pid()", as: Int.self) == process)
        }
    }

    @Test("in a transaction a refusal undoes the copied rows alone")
    func insideTransaction() async throws {
        try await PostgresWorld.with { database in
            try await database.execute(Self.schema)
            try await database.withTransaction { transaction in
                try await transaction.insert(
                    Self.rows(1...10), into: "t", columns: ["id", "name"])
                try await expectError(.alreadyExists) {
                    try await transaction.insert(
                        Self.rows(11...400) + [(1, "again")], into: "t", columns: ["id", "name"])
                }
                try await transaction.execute("INSERT INTO t VALUES (500, 'last')")
            }
            #expect(
                try await database.query("SELECT id FROM t ORDER BY id", as: Int.self, limit: 99)
                    == Array(1...10) + [500])
        }
    }

    @Test("a connection without a transaction copies too, and runs statements before and after")
    func onConnection() async throws {
        try await PostgresWorld.with { database in
            try await database.withConnection(.readWrite) { connection in
                try await connection.execute("CREATE TEMPORARY TABLE held (id int)")
                try await connection.insert(0..<1000, into: "held", column: "id")
                try await connection.insert(1000..<1500, into: "held", column: "id")
                #expect(
                    try await connection.first("SELECT sum(id) FROM held", as: Int.self)
                        == (0..<1500).reduce(0, +))
            }
        }
    }

    @Test("tables and columns that are not there, and names that are words, are told and quoted")
    func names() async throws {
        try await PostgresWorld.with { database in
            try await database.execute(#"CREATE TABLE "order" ("select" int, "a""b" text)"#)
            try await database.insert(
                [(1, "x")], into: "order", columns: ["select", "a\"b"])
            #expect(
                try await database.first(#"SELECT "a""b" FROM "order""#, as: String.self) == "x")
            let table = try await expectError(.invalidStatement) {
                try await database.insert([1], into: "missing", column: "id")
            }
            #expect(table.native?.name == "42P01")
            let column = try await expectError(.invalidStatement) {
                try await database.insert([1], into: "order", column: "missing")
            }
            #expect(column.native?.name == "42703")
        }
    }

    @Test("who may insert and not read copies all the same")
    func insertOnly() async throws {
        let role = "storagekit_\(UInt64.random(in: 0 ... .max))"
        try await PostgresWorld.with { database in
            try await database.execute(Self.schema)
            try await database.execute("CREATE ROLE \(identifier: role)")
            let schema = try await database.first("SELECT current_schema()::text", as: String.self)
            try await database.execute(
                "GRANT USAGE ON SCHEMA \(identifier: schema ?? "") TO \(identifier: role)")
            try await database.execute("GRANT INSERT ON t TO \(identifier: role)")
            try await database.withConnection(.readWrite) { connection in
                try await connection.execute("SET ROLE \(identifier: role)")
                try await connection.insert(
                    Self.rows(1...3), into: "t", columns: ["id", "name"])
                try await expectError(.permissionDenied) {
                    _ = try await connection.first("SELECT id FROM t", as: Int.self)
                }
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 3)
            try await database.execute("DROP OWNED BY \(identifier: role)")
            try await database.execute("DROP ROLE \(identifier: role)")
        }
    }

    @Test("COPY as a statement by itself is refused, and harms nobody")
    func asStatement() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute(Self.schema)
            _ = try #require(
                await storageError { try await database.execute("COPY t FROM STDIN") })
            _ = try #require(
                await storageError { try await database.execute("COPY t TO STDOUT") })
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test("copies and statements take turns on connections, and each copy has all its rows")
    func together() async throws {
        var configuration = PostgresConfiguration()
        configuration.maximumConnections = 3
        try await PostgresWorld.with(configuration) { database in
            try await database.execute("CREATE TABLE t (id int, round int)")
            try await withThrowingTaskGroup { group in
                for round in 0..<40 {
                    group.addTask {
                        let rows = (0..<500).map { ($0, round) }
                        try await database.insert(rows, into: "t", columns: ["id", "round"])
                        let count = try await database.first(
                            "SELECT count(*) FROM t WHERE round = \(round)", as: Int.self)
                        #expect(count == 500)
                    }
                    group.addTask { try await database.execute("SELECT \(round)") }
                }
                try await group.waitForAll()
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 20_000)
        }
    }
}
