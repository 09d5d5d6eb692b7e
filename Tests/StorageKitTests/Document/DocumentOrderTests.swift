import StorageKit
import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The order of documents' values")
struct DocumentOrderTests {
    private static func decimal(_ text: String) -> DocumentValue {
        .decimal128(Decimal128(text) ?? .notANumber)
    }

    /// From the least to the greatest; those in one list are worth the same.
    private static let ranks: [[DocumentValue]] = [
        [.minKey], [.null], [.double(.nan), .decimal128(.notANumber)], [.double(-.infinity)],
        [.int64(.min), .double(-0x1p63)], [-1, .int32(-1), -1.0, decimal("-1.00")],
        [0, -0.0, decimal("-0E+10")], [decimal("0.1")], [0.1],
        [.int64(1 << 53), .double(0x1p53)], [.int64(1 << 53 + 1), decimal("9007199254740993")],
        [.int64(.max)], [.double(0x1p63), decimal("9223372036854775808")], [.double(.infinity)],
        [""], ["A", .symbol("A")], ["a"], ["a\0"], ["ab"], ["\u{E9}"], ["\u{1F600}"],
        [[:] as DocumentValue], [["a": 1], ["a": 1.0]], [["a": 1, "b": 0]], [["b": 0]],
        [["a": "x"]], [[]], [[1]], [[1, 2], [1.0, 2]], [[2]],
        [.binary(DocumentBinary([9]))], [.binary(DocumentBinary([1, 1]))],
        [.binary(DocumentBinary([1, 1], subtype: .uuid))],
        [.objectID(ObjectID(seconds: 1, process: 1, counter: 1))], [false], [true],
        [.date(DocumentDate(millisecondsSince1970: -1))],
        [.date(DocumentDate(millisecondsSince1970: 1))],
        [.timestamp(DocumentTimestamp(seconds: 1, increment: 1))],
        [.regularExpression(DocumentRegularExpression("a"))],
        [.regularExpression(DocumentRegularExpression("a", options: "i"))], [.javaScript("f")],
        [.javaScriptWithScope("f", [:])], [.maxKey],
    ]

    @Test("is that of MongoDB's manual, total, and the same from both sides")
    func ranked() {
        for (place, left) in Self.ranks.enumerated() {
            for (other, right) in Self.ranks.enumerated() {
                for (first, second) in zip(left + left, right + right.reversed()) {
                    let order = first.compared(to: second)
                    #expect(order.signum() == (place - other).signum(), "\(first) and \(second)")
                }
            }
        }
    }

    @Test("what is worth the same has the same hash")
    func hashes() {
        for values in Self.ranks {
            #expect(Set(values.map(DocumentWorth.init)).count == 1, "\(values)")
        }
        #expect(Set(Self.ranks.joined().map(DocumentWorth.init)).count == Self.ranks.count)
    }

    @Test(
        "decimals are added and multiplied with 34 digits, rounded to the even one",
        arguments: [
            ["1.10", "2.5", "3.60", "2.750"], ["1", "-1.0", "0.0", "-1.0"],
            [
                "9999999999999999999999999999999999", "1",
                "1.000000000000000000000000000000000E+34", "9999999999999999999999999999999999",
            ],
            [
                "9999999999999999999999999999999999", "0.5",
                "1.000000000000000000000000000000000E+34", "5000000000000000000000000000000000",
            ],
            ["9.999999999999999999999999999999999E+6144", "9E+6144", "Infinity", "Infinity"],
            ["1E-6176", "1E-6176", "2E-6176", "0E-6176"],
            ["Infinity", "-Infinity", "NaN", "-Infinity"],
            ["NaN", "1", "NaN", "NaN"], ["0", "Infinity", "Infinity", "NaN"],
            ["1E+6111", "1E-6176", "1.000000000000000000000000000000000E+6111", "1E-65"],
        ])
    func arithmetic(numbers: [String]) throws {
        let first = DecimalParts(try #require(Decimal128(numbers[0])))
        let second = DecimalParts(try #require(Decimal128(numbers[1])))
        #expect((first + second).number.description == numbers[2])
        #expect((first * second).number.description == numbers[3])
    }

    @Test("a double is computed with as a decimal of 15 digits")
    func doubles() {
        for (double, text) in [
            (1.5, "1.50000000000000"), (0.1, "0.100000000000000"),
            (-1e300, "-1.00000000000000E+300"),
            (123_456_789_012_345_680, "1.23456789012346E+17"), (0, "0"),
            (Double.leastNonzeroMagnitude, "4.94065645841247E-324"),
            (0.999_999_999_999_999_9, "1.00000000000000"), (.infinity, "Infinity"),
        ] {
            #expect(DecimalParts(roundingTo15Digits: double).number.description == text)
        }
    }
}
