#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Decimal128 {
    /// The decimal that a whole number is.
    public init(_ number: Int64) {
        let magnitude = number.magnitude
        self.init(high: (number < 0 ? 0xB040 : 0x3040) << 48, low: magnitude)
    }

    /// The same number; `nil` when it has more than 34 digits.
    public init?(exactly number: Decimal) {
        // Its text has all of its digits, in any implementation of it.
        self.init(number.description)
    }
}

extension Decimal {
    /// The same number; `nil` when it cannot be held: it is infinite, or its exponent is beyond
    /// 127.
    ///
    /// Zeros at the end are not kept.
    public init?(exactly number: Decimal128) {
        if case .notANumber = number.parts {
            self = .nan
            return
        }
        guard let decimal = Decimal(string: number.description),
            let again = Decimal128(decimal.description),
            DocumentNumber(again).compare(to: DocumentNumber(number)) == 0
        else { return nil }
        self = decimal
    }
}

extension Int64 {
    /// The same number; `nil` when it is no whole one or beyond 64 bits.
    public init?(exactly number: Decimal128) {
        guard case .finite(let isNegative, var significand, var exponent) = number.parts else {
            return nil
        }
        guard significand != 0 else {
            self = 0
            return
        }
        while exponent < 0 {
            guard significand % 10 == 0 else { return nil }
            significand /= 10
            exponent += 1
        }
        while exponent > 0 {
            guard significand <= UInt128(UInt64.max) else { return nil }
            significand *= 10
            exponent -= 1
        }
        guard let magnitude = Int128(exactly: significand) else { return nil }
        self.init(exactly: isNegative ? -magnitude : magnitude)
    }
}

extension Double {
    /// The same number; `nil` when there is only one that is near.
    public init?(exactly number: Decimal128) {
        guard let nearest = Double(number.description) else { return nil }
        guard DocumentNumber(nearest).compare(to: DocumentNumber(number)) == 0 else { return nil }
        self = nearest
    }
}
