import RelationalBackend
import StorageKit
import Testing

/// Columns are remembered by the bytes of a type's keys: here are the types that could mislead it.
@Suite("Keys of Codable rows")
struct SQLiteKeyTests {
    @Test("a type with a single key, which has no byte at all, finds its column")
    func singleKey() async throws {
        struct Only: Decodable, Equatable { var title: String }
        #expect(
            try await Self.rows("SELECT 1 AS id, 'a' AS title", Only.self) == [Only(title: "a")])
    }

    @Test("keys that are texts are looked for by name")
    func textKeys() async throws {
        let rows = try await Self.rows("SELECT 1 AS a, 2 AS b UNION ALL SELECT 3, 4", Named.self)
        #expect(rows.map(\.values) == [["a": 1, "b": 2], ["a": 3, "b": 4]])
    }

    @Test("two kinds of keys with the same bytes are not taken for each other, row after row")
    func twoKinds() async throws {
        let rows = try await Self.rows(
            "SELECT 1 AS a, 2 AS b, 3 AS c, 4 AS d UNION ALL SELECT 5, 6, 7, 8", Both.self)
        #expect(rows == [Both(a: 1, b: 2, c: 3, d: 4), Both(a: 5, b: 6, c: 7, d: 8)])
    }

    @Test("a column that is missing is nil where that is allowed, in each row")
    func missing() async throws {
        struct Row: Decodable, Equatable { var a: Int, b: Int?, c: Int }
        let rows = try await Self.rows("SELECT 1 AS a, 2 AS c UNION ALL SELECT 3, 4", Row.self)
        #expect(rows == [Row(a: 1, b: nil, c: 2), Row(a: 3, b: nil, c: 4)])
    }

    @Test("two types that read the same statement each find their own columns")
    func twoTypes() async throws {
        struct First: Decodable, Equatable { var a: Int, b: Int }
        struct Second: Decodable, Equatable { var b: Int, a: Int }
        try await SQLiteDatabase(.memory).read { connection in
            let pair = try connection.prepare("SELECT 1 AS a, 2 AS b")
            for _ in 1...2 {
                #expect(try pair.first(as: First.self) == First(a: 1, b: 2))
                #expect(try pair.first(as: Second.self) == Second(b: 2, a: 1))
            }
        }
    }

    @Test(
        "a value of one run is not seen by the next, however long it is",
        arguments: [0, 1, 1024, 1025, 100_000])
    func noLeftovers(length: Int) async throws {
        try await SQLiteDatabase(.memory).read { connection in
            let echo = try connection.prepare("SELECT \(SQL.placeholder), \(SQL.placeholder)")
            let text = String(repeating: "x", count: length)
            let both = try #require(try echo.first(as: (String, String).self, text, text))
            #expect(both == (text, text))
            #expect(throws: StorageError.self) { try echo.execute("y") }
            let none = String?.none
            let one = try #require(try echo.first(as: (String, String?).self, "z", none))
            #expect(one.0 == "z")
            #expect(one.1 == nil)
        }
    }

    private static func rows<Row: Decodable & Sendable>(
        _ sql: SQL, _ type: Row.Type
    ) async throws -> [Row] {
        try await SQLiteDatabase(.memory).query(sql, as: type, limit: 10)
    }

    /// Keeps whatever columns there are.
    struct Named: Decodable {
        var values: [String: Int]

        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            values = [:]
            for key in container.allKeys {
                values[key.stringValue] = try container.decode(Int.self, forKey: key)
            }
        }
    }

    /// Asks two containers by turns.
    struct Both: Decodable, Equatable {
        var a: Int, b: Int, c: Int, d: Int

        enum Front: CodingKey { case a, b }
        enum Back: CodingKey { case d, c }

        init(a: Int, b: Int, c: Int, d: Int) { (self.a, self.b, self.c, self.d) = (a, b, c, d) }

        init(from decoder: any Decoder) throws {
            let front = try decoder.container(keyedBy: Front.self)
            let back = try decoder.container(keyedBy: Back.self)
            a = try front.decode(Int.self, forKey: .a)
            d = try back.decode(Int.self, forKey: .d)
            b = try front.decode(Int.self, forKey: .b)
            c = try back.decode(Int.self, forKey: .c)
        }
    }
}
