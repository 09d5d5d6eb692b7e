#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import StorageKit

extension RelationalLaws {
    static func valueCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [
            integers(), reals(), texts(), bytes(), booleans(), dates(), identifiers(), decimals(),
            nulls(), strictness(),
        ]
    }

    private static func integers<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "value.integers",
            "Integers come back at the limits of their types; one beyond 64 signed bits is refused."
        ) { scene in
            try await scene.expectKept(.integer, [Int64.min, -1, 0, 1, 1 << 53 + 1, .max])
            try await scene.expectKept(.integer, [Int8.min, .max])
            try await scene.expectKept(.integer, [UInt32.min, .max])
            var random = scene.context.makeGenerator()
            try await scene.expectKept(
                .integer, (0..<20).map { _ in Int64.random(in: .min ... .max, using: &random) })
            try await scene.expectRefused(.integer, UInt64.max, "the largest UInt64")
            try await scene.context.expectThrows(.decodingFailed, "300 as an Int8") {
                try await scene.store.first("SELECT \(300) + 0 AS value", as: Int8.self)
            }
        }
    }

    private static func reals<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "value.reals",
            "Real numbers come back to the last bit, the infinite among them; NaN and -0 as the "
                + "store's limits say."
        ) { scene in
            let values: [Double] = [
                0, 1, -1, 0.1, 1.0 / 3, .pi, .ulpOfOne, .leastNonzeroMagnitude,
                .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
                .infinity, -.infinity, 9_007_199_254_740_992,
            ]
            try await scene.expectKept(.real, values) { $0.bitPattern == $1.bitPattern }
            var random = scene.context.makeGenerator()
            let any = (0..<20).map { _ in Double(bitPattern: random.next()) }.filter { !$0.isNaN }
            try await scene.expectKept(.real, any) { $0.bitPattern == $1.bitPattern }
            let keepsSign = scene.store.limits.keepsNegativeZero
            try await scene.expectKept(.real, [-0.0 as Double]) {
                $0 == $1 && ($0.sign == $1.sign || !keepsSign)
            }
            if scene.store.limits.keepsNaN {
                try await scene.expectKept(.real, [Double.nan]) { $0.isNaN && $1.isNaN }
            } else {
                try await scene.expectRefused(.real, Double.nan, "NaN")
            }
        }
    }

    private static func texts<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "value.texts",
            "Text comes back scalar by scalar: empty, a mebibyte of it, outside the basic plane, "
                + "composed and decomposed; NUL as the store's limits say."
        ) { scene in
            let texts = [
                "", " ", "a", "\u{e9}", "e\u{301}", "𝄞🏳️‍🌈", "\u{200f}\u{feff}", "\r\n\t", "NULL",
                "'\"\\`", "\u{10FFFF}\u{1}\u{7F}", String(repeating: "ü", count: 1 << 19),
            ]
            try await scene.expectKept(.text, texts) {
                $0.unicodeScalars.elementsEqual($1.unicodeScalars)
            }
            let withNUL = ["\0", "a\0b", "\0\0"]
            if scene.store.limits.keepsNULInText {
                try await scene.expectKept(.text, withNUL)
            } else {
                for text in withNUL { try await scene.expectRefused(.text, text, "NUL in text") }
            }
        }
    }

    private static func bytes<H: RelationalHarness>() -> ConformanceCase<H> {
        law("value.bytes", "Any bytes come back: none, all there are, a mebibyte of them.") {
            scene in
            var random = scene.context.makeGenerator()
            let large = Data((0..<(1 << 20)).map { _ in UInt8.random(in: 0...255, using: &random) })
            try await scene.expectKept(
                .bytes, [Data(), Data([0]), Data(0...255), Data("\\x00".utf8), large])
        }
    }

    private static func booleans<H: RelationalHarness>() -> ConformanceCase<H> {
        law("value.booleans", "True and false come back as they were.") { scene in
            try await scene.expectKept(.boolean, [true, false])
        }
    }

    private static func dates<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "value.dates",
            "Dates come back to the store's resolution, before 1970 and beyond what 64 bits of "
                + "nanoseconds hold; those outside the store's limits are refused."
        ) { scene in
            let limits = scene.store.limits
            // 1677 and 2262 are where 64 bits of nanoseconds since 1970 end.
            var dates = [0.0, 0.1, -0.001, 978_307_200.123456, -9_223_372_037.5, 9_223_372_038.25]
            dates += [-62_135_596_800, 253_402_300_799]
            var random = scene.context.makeGenerator()
            dates += (0..<20).map { _ in
                Double.random(in: -62_135_596_800...253_402_300_799, using: &random)
            }
            let kept = dates.map(Date.init(timeIntervalSince1970:)).filter {
                limits.dates?.contains($0) ?? true
            }
            try await scene.expectKept(.date, kept) {
                abs($0.timeIntervalSince($1)) <= limits.dateResolution
            }
            guard let range = limits.dates else { return }
            try await scene.expectKept(.date, [range.lowerBound]) {
                abs($0.timeIntervalSince($1)) <= limits.dateResolution
            }
            for date in [range.lowerBound.addingTimeInterval(-86_400), range.upperBound] {
                try await scene.expectRefused(.date, date, "a date out of the store's limits")
            }
        }
    }

    private static func identifiers<H: RelationalHarness>() -> ConformanceCase<H> {
        law("value.uuids", "A UUID comes back with its bytes in their order.") { scene in
            let nobody = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
            let counted = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255))
            try await scene.expectKept(.uuid, [nobody, counted, UUID()])
        }
    }

    private static func decimals<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "value.decimals",
            "A decimal number comes back with all its digits; one with more than a Decimal has is "
                + "decodingFailed, and not rounded."
        ) { scene in
            let texts = [
                "0", "-0.5", "0.1", "1e20", "-1e-20", "12345678901234567890.1234567890",
                "99999999999999999999999999999999999999", "0.00000000000000000000000000000000001",
            ]
            try await scene.expectKept(.decimal, texts.compactMap { Decimal(string: $0) })
            let type = scene.harness.columnType(.decimal)
            try await scene.store.execute("CREATE TABLE long (value \(type))")
            let long = "1.23456789012345678901234567890123456789012345"
            try await scene.store.execute("INSERT INTO long (value) VALUES (\(long))")
            try await scene.context.expectThrows(.decodingFailed, "a number with more digits") {
                try await scene.store.first("SELECT value FROM long", as: Decimal.self)
            }
            try await scene.context.expectThrows(.decodingFailed, "the same in an entity") {
                try await scene.store.first("SELECT value FROM long", as: LongDecimal.self)
            }
        }
    }

    private static func nulls<H: RelationalHarness>() -> ConformanceCase<H> {
        law("value.nulls", "NULL is nil of every kind, and neither empty text nor empty bytes.") {
            scene in
            for kind in SQLType.allCases {
                try await scene.expectKept(kind, [SQLValue.null].map(Nothing.init))
            }
            try await scene.expectKept(.text, [String?.none, "", nil])
            try await scene.expectKept(.bytes, [Data?.none, Data(), nil])
            try await scene.expectKept(.integer, [Int?.none, 0, nil])
        }
    }

    private static func strictness<H: RelationalHarness>() -> ConformanceCase<H> {
        law("value.strict", "A value of another kind than the one asked for is decodingFailed.") {
            scene in
            try await scene.insert([1], on: scene.store)
            try await scene.context.expectThrows(.decodingFailed, "text as an integer") {
                try await scene.store.first("SELECT name FROM thing", as: Int.self)
            }
            try await scene.context.expectThrows(.decodingFailed, "text as bytes") {
                try await scene.store.first("SELECT name FROM thing", as: Data.self)
            }
            try await scene.context.expectThrows(.decodingFailed, "an integer as text") {
                try await scene.store.first("SELECT id, number FROM thing", as: (Int, String).self)
            }
            try await scene.context.expectThrows(.decodingFailed, "text as a UUID") {
                try await scene.store.first("SELECT name FROM thing", as: UUID.self)
            }
        }
    }
}

/// A row with a number.
private struct LongDecimal: Decodable, Sendable {
    var value: Decimal
}

/// What is NULL in a column of any kind.
private struct Nothing: SQLConvertible, Codable, Equatable {
    var sqlValue: SQLValue { .null }

    init(_ value: SQLValue) {}

    init(from decoder: any Decoder) throws {}

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encodeNil()
    }

    static func decode(_ column: some SQLColumn) throws(StorageError) -> Self {
        guard column.isNull else { throw column.mismatch(wanted: "NULL", found: "a value") }
        return Self(.null)
    }
}
