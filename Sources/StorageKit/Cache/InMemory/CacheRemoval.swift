/// An entry that left an ``InMemoryCache``, and why.
public struct CacheRemoval<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Where it was.
    public let key: Key
    /// What it held; `nil` for the knowledge that there is no value.
    public let value: Value?
    /// Why it left.
    public let cause: CacheRemovalCause

    @inlinable
    init(key: Key, value: Value?, cause: CacheRemovalCause) {
        self.key = key
        self.value = value
        self.cause = cause
    }
}
