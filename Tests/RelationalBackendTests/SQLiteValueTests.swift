import Foundation
import RelationalBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite("Values through SQLite and back", .nothingLeftOpen)
struct SQLiteValueTests {
    /// Binds a value, reads it back, and expects the same.
    private func expectRoundTrip<Value: SQLConvertible & Decodable & Equatable>(
        _ values: [Value]
    ) async throws {
        let database = SQLiteDatabase(.memory)
        for value in values {
            let found = try await database.first("SELECT \(value)", as: Value.self)
            #expect(found == value)
        }
        await database.close()
    }

    @Test("integers at their limits")
    func integers() async throws {
        try await expectRoundTrip([Int64.min, -1, 0, 1, .max])
        try await expectRoundTrip([Int8.min, .max])
        try await expectRoundTrip([UInt32.min, .max])
        try await expectRoundTrip([UInt64(Int64.max)])
    }

    @Test("an integer that does not fit the type asked for is an error")
    func overflow() async throws {
        let database = SQLiteDatabase(.memory)
        try await expectError(.decodingFailed) {
            _ = try await database.first("SELECT 300", as: UInt8.self)
        }
        try await expectError(.decodingFailed) {
            _ = try await database.first("SELECT -1", as: UInt.self)
        }
        await database.close()
    }

    @Test("numbers, the infinite and the smallest among them")
    func reals() async throws {
        try await expectRoundTrip([
            0.1, -1.5, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        ])
        let database = SQLiteDatabase(.memory)
        #expect(try await database.first("SELECT 3", as: Double.self) == 3)
        try await expectError(.decodingFailed) {
            _ = try await database.first("SELECT 9007199254740993", as: Double.self)
        }
        await database.close()
    }

    @Test("text: empty, with NUL, outside the basic plane, and a mebibyte of it")
    func text() async throws {
        try await expectRoundTrip([
            "", "a\0b", "👩‍👩‍👧‍👦 e\u{301}", "\u{FFFD}", String(repeating: "x", count: 1 << 20),
        ])
    }

    @Test("bytes: none, NUL, and a mebibyte")
    func bytes() async throws {
        try await expectRoundTrip([Data(), Data([0, 255]), Data(repeating: 7, count: 1 << 20)])
    }

    @Test("empty is not NULL")
    func emptyAndNull() async throws {
        let database = SQLiteDatabase(.memory)
        #expect(try await database.first("SELECT \("") IS NULL", as: Bool.self) == false)
        #expect(try await database.first("SELECT \(Data()) IS NULL", as: Bool.self) == false)
        #expect(try await database.first("SELECT \(nil as String?) IS NULL", as: Bool.self) == true)
        await database.close()
    }

    @Test("identifiers and booleans")
    func others() async throws {
        try await expectRoundTrip([true, false])
        try await expectRoundTrip([UUID()])
    }

    @Test("dates come back to the last bit, before 1970 and after 2262 as well")
    func dates() async throws {
        var dates = [
            0, -1e9, 1e10, 0.5, -0.25, 802_371_152.123_456_7, 1e-9, -62_135_596_800, -0.1, -0.001,
            -1e-9, 0.1, -5.1, -0.999_999_999,
        ]
        .map(Date.init(timeIntervalSinceReferenceDate:))
        dates.append(Date())
        var generator = SeededGenerator(seed: testSeed)
        for magnitude in [1e-20, 1e-9, 0.001, 0.1, 1, 100, 1e9, 6e10] {
            for _ in 0..<300 {
                let interval = Double.random(in: -magnitude...magnitude, using: &generator)
                dates.append(Date(timeIntervalSinceReferenceDate: interval))
            }
        }
        try await expectRoundTrip(dates)
    }

    @Test("a date is text that SQLite's own functions understand")
    func dateText() async throws {
        let database = SQLiteDatabase(.memory)
        let leapDay = Date(timeIntervalSince1970: 951_827_696.25)
        let text = try await database.first("SELECT \(leapDay)", as: String.self)
        #expect(text == "2000-02-29 12:34:56.250")
        let seconds = try await database.first(
            "SELECT CAST(strftime('%s', \(leapDay)) AS INTEGER)", as: Int.self)
        #expect(seconds == 951_827_696)
        await database.close()
    }

    @Test(
        "dates that others wrote are read too",
        arguments: [
            ("2000-02-29", 951_782_400.0), ("2000-02-29T12:34:56Z", 951_827_696),
            ("2000-02-29 12:34", 951_827_640), ("1969-12-31 23:59:59.5", -0.5),
        ])
    func foreignDates(text: String, seconds: Double) async throws {
        let database = SQLiteDatabase(.memory)
        let date = try await database.first("SELECT \(text)", as: Date.self)
        #expect(date == Date(timeIntervalSince1970: seconds))
        await database.close()
    }

    @Test(
        "text that is no date is an error",
        arguments: [
            "", "tomorrow", "2001-02-29", "2000-13-01", "2000-01-01 24:00:00", "2000-1-1",
            "2000-01-01 12:34.5", "2000-01-01 12:34:56.", "2000-01-01 12:34:56.5x",
        ])
    func badDates(text: String) async throws {
        let database = SQLiteDatabase(.memory)
        try await expectError(.decodingFailed) {
            _ = try await database.first("SELECT \(text)", as: Date.self)
        }
        await database.close()
    }

    @Test("text that only begins as a decimal number is an error")
    func badDecimals() async throws {
        let database = SQLiteDatabase(.memory)
        for text in ["2024-01-15", "1-2", "1.2.3", "5e", "-", "", "1e5-7", "x", "1 "] {
            try await expectError(.decodingFailed) {
                _ = try await database.first("SELECT \(text)", as: Decimal.self)
            }
        }
        try await expectRoundTrip(
            ["0", "-0.5", "1e20", "12345678901234567890.10"].map {
                try #require(Decimal(string: $0))
            })
        await database.close()
    }

    @Test("a decimal that is not a number is refused")
    func decimalNaN() async throws {
        let database = SQLiteDatabase(.memory)
        try await expectError(.encodingFailed) {
            _ = try await database.first("SELECT \(Decimal.nan)", as: Decimal?.self)
        }
        await database.close()
    }

    @Test("a date outside the years 0000 to 9999 is refused")
    func farDates() async throws {
        let database = SQLiteDatabase(.memory)
        for date in [Date.distantPast.addingTimeInterval(-1e11), Date(timeIntervalSince1970: 1e12)]
        {
            try await expectError(.encodingFailed) { try await database.execute("SELECT \(date)") }
        }
        await database.close()
    }

    @Test("a struct with everything a struct can have")
    func richEntity() async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script: """
                CREATE TABLE task (id TEXT PRIMARY KEY, state TEXT, priority INTEGER, note TEXT,
                    due TEXT, tags TEXT, place TEXT, raw BLOB, weight REAL,
                    link TEXT, bytes BLOB, price TEXT, owner TEXT) STRICT
                """)
        let tasks = SQLiteTable<RichTask>("task", in: database)
        let full = RichTask(
            id: UUID(), state: .open, priority: .high, note: "n", due: Date(), tags: ["a", "b"],
            place: .init(x: 1, y: 2), raw: Data([1, 2]), weight: 0.5,
            link: URL(string: "https://example.com/a?b=c"))
        let bare = RichTask(
            id: UUID(), state: .done, priority: .low, note: nil, due: nil, tags: [], place: nil,
            raw: Data(), weight: nil)
        for task in [full, bare] {
            try await tasks.insert(task)
            #expect(try await tasks.get(task.id) == task)
        }
        let tag = try await database.first(
            "SELECT tags ->> 1 FROM task WHERE id = \(full.id)", as: String.self)
        #expect(tag == "b")
        await database.close()
    }

    struct RichTask: Codable, Equatable, Identifiable, Sendable {
        enum State: String, Codable, Sendable { case open, done }
        enum Priority: Int, Codable, Sendable { case low, high }
        struct Place: Codable, Equatable, Sendable { var x, y: Int }

        var id: UUID
        var state: State
        var priority: Priority
        var note: String?
        var due: Date?
        var tags: [String]
        var place: Place?
        var raw: Data
        var weight: Double?
        var link: URL?
        var bytes: [UInt8] = [1, 0, 255]
        var price = Decimal(string: "12345678901234567890.10")
        var owner = OwnerID(rawValue: UUID())
    }

    /// A newtype that SQL can bind and, without `SQLConvertible`, not decode.
    struct OwnerID: RawRepresentable, Codable, Hashable, SQLBindable { var rawValue: UUID }

    @Test("names of columns are the same in any case, as they are to SQL")
    func letterCase() async throws {
        struct Row: Codable, Equatable { var id: Int; var note: String? }
        let database = SQLiteDatabase(.memory)
        let row = try await database.first("SELECT 1 AS ID, 'kept' AS Note", as: Row.self)
        #expect(row == Row(id: 1, note: "kept"))
        await database.close()
    }

    @Test("what does not fit is named by its column, and no value or key of it is in the message")
    func withheld() async throws {
        struct Row: Codable { var ages: [String: Int] }
        let database = SQLiteDatabase(.memory)
        let json = #"{"secret@example.com": "x"}"#
        let error = try await expectError(.decodingFailed) {
            _ = try await database.first("SELECT \(json) AS ages", as: Row.self)
        }
        #expect(error.message.contains("\"ages\""))
        #expect(!"\(error)".contains("secret"))
        let path = try await expectError(.invalidStatement) {
            _ = try await database.first("SELECT json_extract('{}', \("secret"))", as: Int.self)
        }
        #expect(!"\(path)".contains("secret"))
        let script = try await expectError(.constraintViolation) {
            try await database.execute(
                script:
                    "CREATE TABLE t (id INTEGER CHECK (id > 1)); INSERT INTO t VALUES (1) --secret")
        }
        #expect(!"\(script)".contains("secret"))
        await database.close()
    }

    @Test("a raw value that the enum does not know is an error without the value")
    func unknownRawValue() async throws {
        struct Row: Codable { var state: RichTask.State }
        let database = SQLiteDatabase(.memory)
        let error = try await expectError(.decodingFailed) {
            _ = try await database.first("SELECT 'secret' AS state", as: Row.self)
        }
        #expect(!"\(error)".contains("secret"))
        await database.close()
    }
}
