import Foundation
import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The digits of a decimal number")
struct DecimalDigitsTests {
    private static let seed: UInt64 = 20_261_126

    @Test(
        "are read from every way to write it, and written in one",
        arguments: [
            ("0", "0"), ("-0.00", "0"), ("+1", "1"), ("1.00", "1"), ("001.50", "1.5"),
            (".5", "0.5"),
            ("5.", "5"), ("-12e2", "-1200"), ("1E-3", "0.001"), ("120", "120"), ("0.0120", "0.012"),
            ("12e+1", "120"), ("123456789012345678901234567890.123456789", nil),
        ] as [(String, String?)])
    func written(text: String, digits: String?) throws {
        let number = try #require(DecimalDigits(text))
        #expect(number.description == digits ?? text)
        #expect(DecimalDigits(number.description) == number)
    }

    @Test(
        "are not read from what is no number",
        arguments: [
            "", "-", ".", "e5", "5e", "1e5-7", "1.2.3", "1-2", " 1", "1 ", "0x1", "NaN", "inf",
            "1_0",
            "1e99999999999999999999", "1e2000", "--1", "+-1", "1e ", "١", "1\0",
        ])
    func refused(text: String) { #expect(DecimalDigits(text) == nil) }

    @Test("are in the order of the numbers")
    func order() throws {
        var generator = SeededGenerator(seed: Self.seed)
        for _ in 0..<2_000 {
            let (left, right) = (Self.text(&generator), Self.text(&generator))
            let (first, second) = try (
                #require(DecimalDigits(left)), #require(DecimalDigits(right))
            )
            let (one, other) = try (
                #require(Decimal(string: left)), #require(Decimal(string: right))
            )
            #expect((first < second) == (one < other), "\(left) \(right), seed \(Self.seed)")
            #expect((first == second) == (one == other), "\(left) \(right), seed \(Self.seed)")
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let sign = Bool.random(using: &generator) ? "-" : ""
        let whole = Int.random(in: 0...120, using: &generator)
        let zeros = String(repeating: "0", count: Int.random(in: 0...3, using: &generator))
        let fraction = Int.random(in: 0...12, using: &generator)
        return "\(sign)\(zeros)\(whole).\(zeros)\(fraction)\(zeros)"
    }
}
