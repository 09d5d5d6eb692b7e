import Foundation
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Values that are copied to PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresCopyValueTests {
    /// A type of a column, and values for it.
    struct Sample: Sendable, CustomTestStringConvertible {
        let type: String
        let values: [SQLValue]

        var testDescription: String { type }
    }

    private static let moments: [SQLValue] = [
        .date(Date(timeIntervalSince1970: 0)), .date(Date(timeIntervalSince1970: -1.5)),
        .date(Date(timeIntervalSince1970: 1_700_000_000.123456)),
        .date(Date(timeIntervalSince1970: -86_400 * 700_000 - 1)),
    ]

    private static let reals: [SQLValue] = [
        0, -0.0, 1, 0.1, 0.1 + 0.2, 1.0 / 3, 2.5, -3.5, 12_345.678_9, 1e-5, -7.25,
    ].map { .real($0) }

    private static let decimals: [SQLValue] =
        [
            "0", "1", "-1", "0.0001", "1.50", "-12345.6789", "10000", "99990000", "0.00012345",
            "123456789012345678901234567890.12345678", "-0.5",
        ].map { .decimal(Decimal(string: $0) ?? .nan) } + [.decimal(.nan)]

    private static let integers: [SQLValue] = [0, 1, -1, 7, 300, -32_768, 32_767].map {
        .integer($0)
    }

    private static let wide: [SQLValue] = [
        .integer(.max), .integer(.min), .integer(1_000_000_000_000), .integer(100_000_000),
    ]

    private static let texts: [SQLValue] = ["", "a", "ü𝄞", "\t\n\\N", "a,b"].map { .text($0) }

    static let samples: [Sample] = [
        Sample(type: "boolean", values: [.boolean(true), .boolean(false)]),
        Sample(type: "smallint", values: integers + [.real(2.5), .real(-3.5), .real(1.4)]),
        Sample(type: "integer", values: integers + [.integer(70_000), .real(0.5)]),
        Sample(type: "bigint", values: integers + wide + [.decimal(12)]),
        Sample(type: "oid", values: [.integer(0), .integer(4_294_967_295)]),
        Sample(type: "real", values: integers + reals),
        Sample(
            type: "double precision",
            values: integers + wide + reals + decimals
                + [.real(.infinity), .real(-.infinity), .real(.nan), .real(1e300)]),
        Sample(
            type: "numeric",
            values: integers + wide + reals + decimals + [.real(1e20), .real(.nan), .real(1e-20)]),
        Sample(type: "numeric(12,3)", values: integers + [.real(1.2345), .decimal(2)]),
        Sample(
            type: "text",
            values: integers + wide + texts + decimals
                + [
                    .boolean(true), .boolean(false), .uuid(UUID()), .json("{\"a\": [1]}"),
                ]),
        Sample(type: "varchar(4)", values: texts.dropLast(2) + [.text("ab  "), .integer(12)]),
        Sample(type: "char(6)", values: texts + [.integer(7)]),
        Sample(type: "name", values: texts + [.integer(7)]),
        Sample(type: "json", values: [.json("{\"a\":  1}"), .text("[]")]),
        Sample(type: "jsonb", values: [.json("{\"a\":  1}"), .text("[]"), .text("\"ü\"")]),
        Sample(type: "xml", values: [.text("<a>1</a>")]),
        Sample(type: "bytea", values: [.bytes([]), .bytes([0, 255, 92, 10])]),
        Sample(type: "uuid", values: [.uuid(UUID())]),
        Sample(type: "timestamptz", values: moments),
        Sample(type: "timestamptz(0)", values: moments),
        Sample(type: "timestamp", values: moments),
        Sample(type: "date", values: moments),
        Sample(type: "mood", values: [.text("good"), .text("bad")]),
        Sample(type: "positive", values: [.integer(1), .integer(2_000)]),
        Sample(type: "moods", values: [.text("good")]),
    ]

    @Test("a value is what it is by INSERT, NULL too, in each type", arguments: samples)
    func sameAsInsert(_ sample: Sample) async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.withConnection(.readWrite) { connection in
                try await connection.execute("SET TimeZone = 'UTC'")
                try await connection.execute("CREATE TYPE mood AS ENUM ('good', 'bad')")
                try await connection.execute(
                    "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)")
                try await connection.execute("CREATE DOMAIN moods AS mood")
                let type = SQL(verbatim: sample.type)
                try await connection.execute("CREATE TABLE t (id int, inserted \(type))")
                try await connection.execute("CREATE TABLE u (id int, copied \(type))")
                let values = sample.values + [.null]
                for (index, value) in values.enumerated() {
                    try await connection.execute("INSERT INTO t VALUES (\(index), \(value))")
                }
                try await connection.insert(
                    values.enumerated().map { ($0.offset, $0.element) }, into: "u",
                    columns: ["id", "copied"])
                let wrong = try await connection.query(
                    """
                    SELECT inserted::text, copied::text FROM t FULL JOIN u USING (id)
                    WHERE inserted::text IS DISTINCT FROM copied::text
                    """, as: (String?, String?).self, limit: 100)
                #expect(wrong.map { "\($0.0 ?? "NULL"): \($0.1 ?? "NULL")" } == [])
                #expect(
                    try await connection.first("SELECT count(*) FROM u", as: Int.self)
                        == values.count)
            }
        }
    }

    @Test("random decimal numbers keep every digit")
    func decimals() async throws {
        var generator = SeededGenerator(seed: testSeed)
        let texts = (0..<2000).map { _ in
            let digits = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                "\(Int.random(in: 0...9, using: &generator))"
            }.joined()
            let fraction =
                String(
                    repeating: "0", count: Int.random(in: 0...6, using: &generator)) + digits
            let sign = Bool.random(using: &generator) ? "-" : ""
            return Bool.random(using: &generator) ? sign + digits : sign + "\(digits).\(fraction)"
        }
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (copied numeric, parsed text)")
            let rows = texts.compactMap { text in Decimal(string: text) }
                .map { ($0, $0.description) }
            try await database.insert(rows, into: "t", columns: ["copied", "parsed"])
            let wrong = try await database.first(
                "SELECT count(*) FROM t WHERE copied::text <> parsed::numeric::text", as: Int.self)
            #expect(wrong == 0 && rows.count == 2000)
        }
    }

    /// A value that a column cannot take, and what is thrown.
    struct Misfit: Sendable, CustomTestStringConvertible {
        let type: String
        let value: SQLValue
        let code: StorageError.Code

        var testDescription: String { "\(type) \(value)" }
    }

    static let misfits: [Misfit] = [
        Misfit(type: "smallint", value: .integer(32_768), code: .outOfRange),
        Misfit(type: "integer", value: .integer(1 << 31), code: .outOfRange),
        Misfit(type: "integer", value: .real(1e10), code: .outOfRange),
        Misfit(type: "bigint", value: .real(.nan), code: .outOfRange),
        Misfit(type: "oid", value: .integer(-1), code: .outOfRange),
        Misfit(type: "real", value: .real(1e300), code: .outOfRange),
        Misfit(type: "real", value: .real(1e-300), code: .outOfRange),
        Misfit(type: "integer", value: .text("1"), code: .invalidArgument),
        Misfit(type: "boolean", value: .integer(1), code: .invalidArgument),
        Misfit(type: "bytea", value: .text("a"), code: .invalidArgument),
        Misfit(type: "uuid", value: .bytes([1]), code: .invalidArgument),
        Misfit(type: "json", value: .boolean(true), code: .invalidArgument),
        Misfit(type: "timestamptz", value: .integer(1), code: .invalidArgument),
        Misfit(type: "integer", value: .decimal(1.5), code: .invalidArgument),
        Misfit(type: "timestamptz", value: .date(.distantFuture + 1e13), code: .encodingFailed),
        Misfit(type: "text", value: .text("a\0b"), code: .encodingFailed),
        Misfit(type: "jsonb", value: .text("\0"), code: .encodingFailed),
        // The server's own checks.
        Misfit(type: "varchar(2)", value: .text("abc"), code: .constraintViolation),
        Misfit(type: "jsonb", value: .text("{"), code: .invalidArgument),
        Misfit(type: "numeric(3,1)", value: .integer(1000), code: .outOfRange),
    ]

    @Test("a value that its column cannot take is told with its row", arguments: misfits)
    func misfit(_ misfit: Misfit) async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute(
                "CREATE TABLE t (id int, value \(SQL(verbatim: misfit.type)))")
            let rows: [(Int, SQLValue)] = [(1, .null), (2, misfit.value), (3, .null)]
            let error = try await expectError(misfit.code) {
                try await database.insert(rows, into: "t", columns: ["id", "value"])
            }
            if misfit.code != .encodingFailed || misfit.type != "timestamptz" {
                #expect(error.message.contains("row 2"), "\(error)")
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
        }
    }

    @Test(
        "a column of a type that is not copied is told before a row is asked for",
        arguments: ["int[]", "inet", "interval", "int4range", "pair"])
    func unknownType(_ type: String) async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute("CREATE TYPE pair AS (a int, b int)")
            try await database.execute("CREATE TABLE t (value \(SQL(verbatim: type)))")
            let error = try await expectError(.unsupported) {
                _ = try await database.insert(into: "t", columns: ["value"]) {
                    Issue.record("rows were asked for")
                    return []
                }
            }
            #expect(error.message.contains("\"value\""))
        }
    }

    @Test("a date goes to a column without a time zone only in Greenwich")
    func timeZone() async throws {
        try await PostgresWorld.with { database in
            try await database.withConnection(.readWrite) { connection in
                try await connection.execute("CREATE TABLE t (at timestamp)")
                try await connection.execute("SET TimeZone = 'Europe/Berlin'")
                let error = try await expectError(.invalidArgument) {
                    try await connection.insert([Date()], into: "t", column: "at")
                }
                #expect(error.message.contains("TimeZone"))
                try await connection.execute("SET TimeZone = 'UTC'")
                #expect(try await connection.insert([Date()], into: "t", column: "at") == 1)
            }
        }
    }
}
