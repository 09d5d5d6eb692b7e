import Foundation
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Values of PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresValueTests {
    struct Everything: Codable, Equatable, Sendable {
        var flag: Bool
        var small: Int16
        var medium: Int32
        var large: Int
        var single: Float
        var real: Double
        var text: String
        var bytes: Data
        var id: UUID
        var moment: Date
        var price: Decimal
        var tags: [String]
        var mood: Mood
        var nothing: Int?
    }

    enum Mood: String, Codable { case happy, sad }

    @Test("every type comes back as it was, through a table")
    func everything() async throws {
        let value = Everything(
            flag: true, small: -3, medium: 70_000, large: .min, single: 1.5, real: 0.1,
            text: "it's Grüße; --", bytes: Data([0, 255, 1]), id: UUID(),
            moment: Date(timeIntervalSinceReferenceDate: 800_000_000.123456),
            price: Decimal(string: "-12345678901234567890.0123") ?? 0, tags: ["a", "b\"c"],
            mood: .sad, nothing: nil)
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TYPE mood AS ENUM ('happy', 'sad')")
            try await database.execute(
                """
                CREATE TABLE t (flag bool, small int2, medium int4, large int8, single float4,
                    real float8, text text, bytes bytea, id uuid, moment timestamptz,
                    price numeric, tags jsonb, mood mood, nothing int4)
                """)
            let row = try EncodedRow(value)
            let columns = row.columns.map { SQL.identifier($0) }.joined(separator: ", ")
            let values = row.values.map { SQL.value($0) }.joined(separator: ", ")
            try await database.execute("INSERT INTO t (\(columns)) VALUES (\(values))")
            let back = try await database.first("SELECT * FROM t", as: Everything.self)
            #expect(back == value)
        }
    }

    @Test("integers keep to their range, and become real numbers only where nothing is lost")
    func integers() async throws {
        try await PostgresWorld.with { database in
            #expect(try await database.first("SELECT \(Int.max)", as: Int.self) == .max)
            #expect(try await database.first("SELECT 7::int2", as: Int8.self) == 7)
            #expect(try await database.first("SELECT 3::int4", as: Double.self) == 3)
            #expect(
                try await database.first("SELECT sum(x) FROM (VALUES (1::int8)) t(x)", as: Int.self)
                    == 1)
            #expect(
                try await database.first(
                    "SELECT avg(x) FROM (VALUES (1), (2)) t(x)", as: Double.self) == 1.5)
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 300", as: UInt8.self)
            }
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT \(Int.max)", as: Double.self)
            }
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 1.0 / 3", as: Double.self)
            }
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 1.5", as: Int.self)
            }
        }
    }

    @Test("a value of another type is an error that names both, and not the value")
    func strictness() async throws {
        try await PostgresWorld.with { database in
            let error = try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT \("s3cret") AS word", as: Int.self)
            }
            #expect(error.message.contains("\"word\" holds text"))
            #expect(!"\(error)".contains("s3cret"))
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 1", as: String.self)
            }
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 1", as: Bool.self)
            }
            let cast = try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT '1 day'::interval", as: String.self)
            }
            #expect(cast.message.contains("::text"))
            let text = try await database.first("SELECT '1 day'::interval::text", as: String.self)
            #expect(text == "1 day")
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT 'infinity'::timestamptz", as: Date.self)
            }
        }
    }

    @Test(
        "decimal numbers have every digit",
        arguments: [
            "0", "1", "-1", "10", "9999", "10000", "10001", "100000000", "0.1", "0.0001", "0.00001",
            "-0.000000012", "123456789.987654321", "1.50", "1000000.000001", "0.00",
            "99999999999999999999999999999999999999", "12345.6789012345", "1e-20", "40000000000000",
        ])
    func decimals(text: String) async throws {
        let database = try PostgresWorld.admin
        let pair = try await database.first(
            "SELECT (\(text)::text)::numeric, (\(text)::text)::numeric::text",
            as: (SQLValue, String).self)
        let decimal = try #require(Decimal(string: text))
        #expect(pair?.0 == .decimal(decimal))
        let own = try await database.first("SELECT (\(text)::text)::numeric", as: String.self)
        #expect(own == pair?.1)
        let bound = try await database.first("SELECT \(decimal)", as: Decimal.self)
        #expect(bound == decimal)
    }

    @Test("dates of every kind are moments, to the microsecond")
    func dates() async throws {
        let database = try PostgresWorld.admin
        for seconds in [0, 0.000001, -1e10, 1e10, 123_456_789.654321] {
            let date = Date(timeIntervalSinceReferenceDate: seconds)
            let back = try await database.first("SELECT \(date)", as: Date.self)
            let distance = try #require(back).timeIntervalSince(date)
            #expect(abs(distance) < 0.0000025)
        }
        let day = try await database.first("SELECT '2001-01-02'::date", as: Date.self)
        #expect(day == Date(timeIntervalSinceReferenceDate: 86_400))
        let plain = try await database.first(
            "SELECT '2001-01-01 00:00:01.5'::timestamp", as: Date.self)
        #expect(plain == Date(timeIntervalSinceReferenceDate: 1.5))
        try await expectError(.encodingFailed) {
            let never = Date(timeIntervalSinceReferenceDate: .infinity)
            _ = try await database.first("SELECT \(never)", as: Date.self)
        }
    }

    @Test("a moment of any century is sent to the nearest microsecond, and comes back as it was")
    func farDates() throws {
        var random = SeededGenerator(seed: testSeed)
        for _ in 0..<10_000 {
            let seconds = Double.random(in: -200_000_000_000...9_000_000_000_000, using: &random)
            for scale in [1, 1e-2, 1e-4] {
                let date = Date(timeIntervalSinceReferenceDate: seconds * scale)
                let microseconds = try PostgresDate.microseconds(date)
                let back = try #require(PostgresDate.date(microseconds: microseconds))
                #expect(abs(back.timeIntervalSince(date)) <= 0.000_001)
            }
        }
        for seconds in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 9.3e18, -9.3e18, 1e13] {
            let date = Date(timeIntervalSinceReferenceDate: seconds)
            #expect(throws: StorageError.self) { try PostgresDate.microseconds(date) }
        }
    }

    @Test("jsonb becomes Codable values, in a struct and alone, and whole documents text")
    func json() async throws {
        struct Point: Codable, Equatable, Sendable { var x: Int }
        struct Row: Decodable, Sendable { var point: Point; var all: [Int] }
        let database = try PostgresWorld.admin
        let row = try await database.first(
            "SELECT '{\"x\": 3}'::jsonb AS point, '[1, 2]'::json AS all", as: Row.self)
        #expect(row?.point == Point(x: 3) && row?.all == [1, 2])
        let text = try await database.first(
            "SELECT \(SQLValue.json("{\"a\": 1}"))::jsonb", as: String.self)
        #expect(text == "{\"a\": 1}")
        try await expectError(.decodingFailed) {
            _ = try await database.first("SELECT '{\"y\": 3}'::jsonb AS point", as: Wrong.self)
        }
    }

    struct Wrong: Decodable, Sendable {
        struct Point: Codable, Sendable { var x: Int }
        var point: Point
    }

    @Test("text is taken for what its place asks for")
    func inference() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (a inet, b numeric, c date, d varchar(5))")
            try await database.execute(
                "INSERT INTO t VALUES (\("10.0.0.1"), \("1.50"), \("2001-01-02"), \("abc"))")
            let row = try await database.first(
                "SELECT a::text, b, c, d FROM t", as: (String, String, Date, String).self)
            #expect(row?.0 == "10.0.0.1/32" && row?.1 == "1.50" && row?.3 == "abc")
            try await expectError(.constraintViolation) {
                try await database.execute("INSERT INTO t (d) VALUES (\("abcdef"))")
            }
        }
    }
}
