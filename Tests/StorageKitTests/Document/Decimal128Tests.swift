import Foundation
import StorageKit
import Testing

@Suite("Decimal128")
struct Decimal128Tests {
    @Test(
        "a number keeps the digits that were written",
        arguments: [
            "0", "-0", "0.00", "1", "-1", "1.0", "1.00", "0.000001", "1E-7", "1.0E-7", "1E+3",
            "12.50", "-123456789.123456789", "9.999999999999999999999999999999999E+6144",
            "1E-6176", "0E-6176", "0E+6111", "Infinity", "-Infinity", "NaN",
            "1234567890123456789012345678901234",
        ])
    func written(text: String) { #expect(Decimal128(text)?.description == text) }

    @Test(
        "other spellings are read",
        arguments: [
            ("1e3", "1E+3"), ("+1", "1"), ("0001", "1"), (".5", "0.5"), ("5.", "5"),
            ("INF", "Infinity"), ("-inf", "-Infinity"), ("nan", "NaN"), ("1E6112", "1.0E+6112"),
            ("100000000000000000000000000000000000", "1.000000000000000000000000000000000E+35"),
            ("10E-6177", "1E-6176"), ("0E+7000", "0E+6111"), ("-0E-7000", "-0E-6176"),
        ])
    func spelled(text: String, kept: String) { #expect(Decimal128(text)?.description == kept) }

    @Test(
        "what is no number, or would have to be rounded, is refused",
        arguments: [
            "", ".", "-", "+", "e1", "1e", "1e+", "1.2.3", "1 ", " 1", "--1", "0x1", "Inf1",
            "12345678901234567890123456789012345", "1E-6177", "1E+6145", "１",
            "1E+99999999999999999999",
        ])
    func refused(text: String) { #expect(Decimal128(text) == nil) }

    @Test("every number is what its text says", arguments: 0..<64 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> UInt64 {
            generator ^= generator << 13
            generator ^= generator >> 7
            generator ^= generator << 17
            return generator
        }
        for _ in 0..<100 {
            let digits = UInt128(next()) << 64 | UInt128(next())
            let significand = digits % (Decimal128.greatestSignificand >> (next() % 113) + 1)
            let exponent = Int(next() % 12_288) - 6_176
            let number = try #require(
                Decimal128(
                    .finite(
                        isNegative: next() % 2 == 0, significand: significand, exponent: exponent)))
            #expect(Decimal128(number.description) == number)
        }
    }

    @Test("whole numbers are read only of what is whole and fits")
    func whole() {
        func read(_ text: String) -> Int64? { Decimal128(text).flatMap(Int64.init(exactly:)) }
        #expect(read("7.00") == 7 && read("-1E+3") == -1_000 && read("0E+6111") == 0)
        #expect(read("9223372036854775807") == .max && read("-9223372036854775808") == .min)
        #expect(read("9223372036854775808") == nil && read("1E+19") == nil)
        #expect(read("0.5") == nil && read("NaN") == nil && read("Infinity") == nil)
    }

    @Test("doubles are read only of what they can hold")
    func doubles() {
        func read(_ text: String) -> Double? { Decimal128(text).flatMap(Double.init(exactly:)) }
        #expect(read("0.5") == 0.5 && read("-1E+3") == -1_000 && read("Infinity") == .infinity)
        #expect(read("0.1") == nil && read("1E+400") == nil && read("9007199254740993") == nil)
        #expect(read("NaN")?.isNaN == true)
    }

    @Test("Foundation's decimals go there and back, as far as both have the digits")
    func foundation() {
        for text in ["0", "1.5", "-12345678901234567890.123", "1E+100", "1E-100"] {
            let decimal = Decimal(string: text)
            let stored = decimal.flatMap(Decimal128.init(exactly:))
            #expect(stored.flatMap(Decimal.init(exactly:)) == decimal)
        }
        #expect(Decimal128(exactly: .greatestFiniteMagnitude) == nil)
        #expect(Decimal128("1E+200").flatMap(Decimal.init(exactly:)) == nil)
        #expect(Decimal128("Infinity").flatMap(Decimal.init(exactly:)) == nil)
        #expect(Decimal128("NaN").flatMap(Decimal.init(exactly:))?.isNaN == true)
    }
}
