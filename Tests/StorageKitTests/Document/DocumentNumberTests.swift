import StorageKit
import Testing

@Suite("Numbers of documents by what they are worth")
struct DocumentNumberTests {
    private func decimal(_ text: String) throws -> DocumentValue {
        .decimal128(try #require(Decimal128(text)))
    }

    private func compare(_ left: DocumentValue, _ right: DocumentValue) throws -> Int {
        try #require(DocumentNumber(left)).compare(to: try #require(DocumentNumber(right)))
    }

    @Test("numbers of all types stand in one order, exactly")
    func order() throws {
        // Each is greater than the one before it.
        let rising: [DocumentValue] = [
            .double(.nan), .double(-.infinity), try decimal("-9.999E+6144"),
            .double(-.greatestFiniteMagnitude), .int64(.min), .int32(.min), try decimal("-1.5"),
            .int64(-1), .double(-.leastNonzeroMagnitude), try decimal("-1E-6176"), .int32(0),
            try decimal("1E-6176"), .double(.leastNonzeroMagnitude), try decimal("0.1"),
            .double(0.1), .int32(1), try decimal("1.000000000000000000000000000000001"),
            .double(1.5), .int64(9_007_199_254_740_992), try decimal("9007199254740992.5"),
            .int64(9_007_199_254_740_993), .int64(.max), .double(9_223_372_036_854_775_808),
            try decimal("9223372036854775808.1"), .double(.greatestFiniteMagnitude),
            try decimal("1E+309"), try decimal("1E+6111"), .double(.infinity),
        ]
        for (leftIndex, left) in rising.enumerated() {
            for (rightIndex, right) in rising.enumerated() {
                let due = (leftIndex - rightIndex).signum()
                #expect(try compare(left, right) == due, "\(left) and \(right)")
            }
        }
    }

    @Test("what is worth the same is equal, whatever its type")
    func equal() throws {
        for same: [DocumentValue] in [
            [
                .int32(0), .int64(0), .double(0), .double(-0.0), try decimal("-0.00"),
                try decimal("0E+6111"),
            ],
            [.int32(5), .int64(5), .double(5), try decimal("5.00"), try decimal("0.5E+1")],
            [.double(0.5), try decimal("0.5")], [.double(.nan), try decimal("NaN")],
            [.double(-.infinity), try decimal("-Infinity")],
            [.int64(1 << 53), .double(9_007_199_254_740_992), try decimal("9007199254740992")],
            [.double(0x1p-20), try decimal("9.5367431640625E-7")],
            [.double(1e22), try decimal("1E+22")],
        ] {
            for left in same {
                for right in same { #expect(try compare(left, right) == 0, "\(left), \(right)") }
            }
        }
    }

    @Test("what is no number has no worth")
    func none() {
        for value: DocumentValue in ["1", .bool(true), .null, .minKey] {
            #expect(DocumentNumber(value).map { _ in true } == nil)
        }
    }
}
