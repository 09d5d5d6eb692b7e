/// A decimal floating-point number of 34 digits, as BSON keeps it.
///
/// Equality is that of the representation: `1.0` and `1.00` are two values. What a filter takes for
/// equal is what they are worth.
///
/// Source: IEEE 754-2008, decimal128 with binary integer significand; BSON's specification of it.
public struct Decimal128: Hashable, Sendable {
    /// The upper 64 bits: sign, exponent and the significand's upper part.
    public var high: UInt64
    /// The lower 64 bits of the significand.
    public var low: UInt64

    /// Creates a number of its bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
