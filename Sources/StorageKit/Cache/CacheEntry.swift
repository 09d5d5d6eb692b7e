/// What a cache keeps under a key.
public struct CacheEntry<Value: Sendable>: Sendable {
    /// The value; `nil` when what is known is that the primary has none.
    ///
    /// Caches keep such an entry like any other.
    public var value: Value?

    /// How much longer the entry lives.
    ///
    /// When publishing: the time to live, `nil` for the cache's own default. In an answer: what is
    /// left of it, `nil` for an entry without end.
    public var timeToLive: Duration?

    /// Creates an entry.
    @inlinable
    public init(_ value: Value?, timeToLive: Duration? = nil) {
        self.value = value
        self.timeToLive = timeToLive
    }
}

extension CacheEntry: Equatable where Value: Equatable {}
