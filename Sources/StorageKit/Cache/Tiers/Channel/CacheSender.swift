/// Who sent a message on a ``CacheInvalidationChannel``: a number drawn by each listener.
public struct CacheSender: Hashable, Sendable {
    /// The number.
    public let rawValue: UInt64

    /// Creates a sender with a known number, as it is read from a message.
    @inlinable
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Draws a sender.
    @inlinable
    public static func random(using generator: inout some RandomNumberGenerator) -> CacheSender {
        CacheSender(rawValue: generator.next())
    }
}
