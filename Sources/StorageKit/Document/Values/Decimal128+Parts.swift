extension Decimal128 {
    /// What a number's bits mean.
    package enum Parts: Hashable, Sendable {
        /// No number.
        case notANumber
        /// Beyond all numbers, or before them.
        case infinity(isNegative: Bool)
        /// The significand times ten to the power of the exponent.
        case finite(isNegative: Bool, significand: UInt128, exponent: Int)
    }

    /// The most digits of a significand.
    package static let digitCount = 34
    /// The greatest significand.
    package static let greatestSignificand: UInt128 =
        9_999_999_999_999_999_999_999_999_999_999_999
    /// The exponents there are.
    package static let exponents = -6_176...6_111

    /// What the bits mean.
    ///
    /// A significand that is too large for its form is zero, as IEEE 754 has it.
    package var parts: Parts {
        let isNegative = high >> 63 == 1
        switch high >> 58 & 0x1F {
        case 0x1F: return .notANumber
        case 0x1E: return .infinity(isNegative: isNegative)
        default: break
        }
        let isLong = high >> 61 & 3 == 3
        let exponent = Int(high >> (isLong ? 47 : 49) & 0x3FFF) + Self.exponents.lowerBound
        // The long form's significands begin with 100 in binary, which is beyond 34 digits.
        let significand = UInt128(high & 0x1_FFFF_FFFF_FFFF) << 64 | UInt128(low)
        let isKept = !isLong && significand <= Self.greatestSignificand
        return .finite(
            isNegative: isNegative, significand: isKept ? significand : 0, exponent: exponent)
    }

    /// Creates a number of its parts; `nil` when there is none, digits and exponent being too many.
    package init?(_ parts: Parts) {
        switch parts {
        case .notANumber: self.init(high: 0x7C00 << 48, low: 0)
        case .infinity(let isNegative):
            self.init(high: (isNegative ? 0xF800 : 0x7800) << 48, low: 0)
        case .finite(let isNegative, let significand, let exponent):
            guard significand <= Self.greatestSignificand, Self.exponents.contains(exponent)
            else { return nil }
            let biased = UInt64(exponent - Self.exponents.lowerBound)
            let upper = UInt64(truncatingIfNeeded: significand >> 64)
            self.init(
                high: (isNegative ? 1 << 63 : 0) | biased << 49 | upper,
                low: UInt64(truncatingIfNeeded: significand))
        }
    }

    /// Zero.
    public static let zero = Decimal128(high: 0x3040 << 48, low: 0)
    /// No number.
    public static let notANumber = Decimal128(high: 0x7C00 << 48, low: 0)
    /// Beyond all numbers.
    public static let infinity = Decimal128(high: 0x7800 << 48, low: 0)
}
