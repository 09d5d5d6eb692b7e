/// A write that was committed, as a ``VersionedCache`` is told of it.
public struct CacheWrite<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// What was written.
    public var key: Key
    /// The version that the primary holds now.
    public var version: CacheVersion
    /// What the primary holds now, to be cached in place of an older entry; `nil` to cache nothing.
    public var entry: CacheEntry<Value>?

    /// Creates a write.
    @inlinable
    public init(key: Key, version: CacheVersion, entry: CacheEntry<Value>? = nil) {
        self.key = key
        self.version = version
        self.entry = entry
    }
}
