/// A number of any of BSON's four types, by what it is worth.
///
/// Comparing is exact: `9_007_199_254_740_993` is greater than the same number as a double, which
/// is rounded, and `0.1` as a decimal is less than `0.1` as a double, which is a little more. NaN
/// is equal to NaN and less than all others; zeros are equal. So MongoDB sorts.
package struct DocumentNumber: Sendable {
    private enum Form {
        case notANumber
        case infinity(isNegative: Bool)
        case integer(Int64)
        case double(Double)
        /// The significand times a power of ten.
        case decimal(isNegative: Bool, significand: UInt128, exponent: Int)
    }

    private let form: Form

    /// The number that a value is; `nil` when it is none.
    package init?(_ value: DocumentValue) {
        switch value {
        case .int32(let number): self.init(Int64(number))
        case .int64(let number): self.init(number)
        case .double(let number): self.init(number)
        case .decimal128(let number): self.init(number)
        default: return nil
        }
    }

    /// The number that a whole one is.
    package init(_ number: Int64) { form = .integer(number) }

    /// The number that a double is.
    package init(_ number: Double) {
        form =
            if number.isNaN { .notANumber } else if number.isInfinite {
                .infinity(isNegative: number < 0)
            } else { .double(number) }
    }

    /// The number that a decimal is.
    package init(_ number: Decimal128) {
        form =
            switch number.parts {
            case .notANumber: .notANumber
            case .infinity(let isNegative): .infinity(isNegative: isNegative)
            case .finite(let isNegative, let significand, let exponent):
                .decimal(isNegative: isNegative, significand: significand, exponent: exponent)
            }
    }

    /// Below zero when it is less than the other one, above when it is greater, zero when both are
    /// worth the same.
    package func compare(to other: DocumentNumber) -> Int {
        switch (form, other.form) {
        case (.integer(let left), .integer(let right)): return Self.order(left, right)
        case (.double(let left), .double(let right)): return Self.order(left, right)
        default: break
        }
        guard rank == 0, other.rank == 0 else { return Self.order(rank, other.rank) }
        let left = scaled
        let right = other.scaled
        guard left.sign == right.sign, left.sign != 0 else {
            return Self.order(left.sign, right.sign)
        }
        return left.sign * left.compareMagnitude(to: right)
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }

    /// Where it is among those that are not finite.
    private var rank: Int {
        switch form {
        case .notANumber: -2
        case .infinity(let isNegative): isNegative ? -1 : 1
        default: 0
        }
    }

    private var scaled: Scaled {
        switch form {
        case .integer(let number):
            Scaled(sign: Int(number.signum()), significand: UInt128(number.magnitude))
        case .decimal(let isNegative, let significand, let exponent):
            Scaled(
                sign: significand == 0 ? 0 : isNegative ? -1 : 1, significand: significand,
                tens: exponent)
        case .double(let number) where number != 0:
            Scaled(number)
        default: Scaled(sign: 0, significand: 0)
        }
    }
}

/// A significand times a power of ten times a power of two.
private struct Scaled {
    var sign: Int
    var significand: UInt128
    var tens = 0
    var twos = 0

    init(sign: Int, significand: UInt128, tens: Int = 0) {
        self.sign = sign
        self.significand = significand
        self.tens = tens
    }

    /// A finite double that is not zero.
    init(_ number: Double) {
        sign = number < 0 ? -1 : 1
        let isNormal = number.isNormal
        significand = UInt128(number.significandBitPattern) | (isNormal ? 1 << 52 : 0)
        twos = (isNormal ? Int(number.exponentBitPattern) : 1) - 1_075
    }

    /// As compare does, for numbers that are not zero, without their signs.
    func compareMagnitude(to other: Scaled) -> Int {
        // Their logarithms tell nearly all apart, and keep the large numbers below small.
        let difference = logarithm - other.logarithm
        if abs(difference) > 1 { return difference < 0 ? -1 : 1 }
        var left = Magnitude(significand)
        var right = Magnitude(other.significand)
        left.multiply(tens: max(tens - other.tens, 0), twos: max(twos - other.twos, 0))
        right.multiply(tens: max(other.tens - tens, 0), twos: max(other.twos - twos, 0))
        return left.compare(to: right)
    }

    /// The decimal logarithm to within a digit.
    private var logarithm: Double {
        let bits = 128 - significand.leadingZeroBitCount
        return Double(bits + twos) * 0.301_029_995_663_981_2 + Double(tens)
    }
}

/// A natural number of any size.
private struct Magnitude {
    /// Its parts of 32 bits, the least first, without zeros at the end.
    private var parts: [UInt32] = []

    init(_ number: UInt128) {
        var rest = number
        while rest > 0 {
            parts.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
    }

    mutating func multiply(tens: Int, twos: Int) {
        for _ in 0..<(tens / 9) { multiply(by: 1_000_000_000) }
        for _ in 0..<(tens % 9) { multiply(by: 10) }
        parts.insert(contentsOf: repeatElement(0, count: twos / 32), at: 0)
        multiply(by: 1 << UInt32(twos % 32))
    }

    private mutating func multiply(by factor: UInt32) {
        var carry: UInt64 = 0
        for index in parts.indices {
            let product = UInt64(parts[index]) * UInt64(factor) + carry
            parts[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { parts.append(UInt32(carry)) }
    }

    func compare(to other: Magnitude) -> Int {
        guard parts.count == other.parts.count else {
            return parts.count < other.parts.count ? -1 : 1
        }
        for (left, right) in zip(parts.reversed(), other.parts.reversed()) where left != right {
            return left < right ? -1 : 1
        }
        return 0
    }
}
