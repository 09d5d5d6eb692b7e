/// What ``Cache/beginLoads(_:unlessFreshFor:)`` found under a key, and so what has to be done.
public enum CacheLookup<Value: Sendable, Ticket: Sendable>: Sendable {
    /// There is an entry (by now) that is fresh enough: use it.
    case hit(CacheEntry<Value>)
    /// There was none and your load is registered: read the primary, then publish with the ticket.
    case load(Ticket)
    /// There is none and you cannot fill it: read the primary and publish nothing.
    case bypass(CacheBypass)
}
