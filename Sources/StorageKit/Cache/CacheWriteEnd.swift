/// The end of a write under a barrier; see ``BarrierCache``.
public struct CacheWriteEnd<Key: Hashable & Sendable, Value: Sendable, Barrier: Sendable>:
    Sendable
{
    /// What was written.
    public var key: Key
    /// What ``BarrierCache/beginWrites(_:lasting:)`` gave for the key.
    public var barrier: Barrier
    /// What the primary holds now, to be cached; `nil` to leave nothing behind.
    public var entry: CacheEntry<Value>?

    /// Creates the end of a write.
    @inlinable
    public init(key: Key, barrier: Barrier, entry: CacheEntry<Value>? = nil) {
        self.key = key
        self.barrier = barrier
        self.entry = entry
    }
}
