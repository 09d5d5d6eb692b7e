/// A random number that names one load, one barrier or one generation of a shared cache.
///
/// 64 random bits, never zero: tokens only have to differ among those that are in use under one
/// key at one time, so chance is not worth a thought. A token is new for everything it names: one
/// per client would let a load from before an invalidation publish with the registration of
/// another from after it.
public struct SharedCacheToken: Hashable, Sendable {
    /// The number, not zero.
    public let rawValue: UInt64

    /// Creates a token; zero is none.
    public init?(rawValue: UInt64) {
        guard rawValue != 0 else { return nil }
        self.rawValue = rawValue
    }

    /// Creates a token by chance.
    public init(using generator: inout some RandomNumberGenerator) {
        rawValue = UInt64.random(in: 1 ... .max, using: &generator)
    }

    /// Sixteen hexadecimal digits: how it is written in records and messages.
    public var text: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
