/// An entry on its way into a cache, with the ticket of the load that found it.
public struct CacheFill<Key: Hashable & Sendable, Value: Sendable, Ticket: Sendable>: Sendable {
    /// Where it goes.
    public var key: Key
    /// What is to be kept.
    public var entry: CacheEntry<Value>
    /// What ``Cache/beginLoads(_:unlessFreshFor:)`` gave for the key.
    public var ticket: Ticket

    /// Creates a fill.
    @inlinable
    public init(key: Key, entry: CacheEntry<Value>, ticket: Ticket) {
        self.key = key
        self.entry = entry
        self.ticket = ticket
    }
}
