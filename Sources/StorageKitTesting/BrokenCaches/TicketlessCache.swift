public import StorageKit

/// Any cache with one rule turned off: what is filled is stored whether or not its ticket was torn.
///
/// A test of histories that finds nothing in it would find nothing at all.
public struct TicketlessCache<Base: Cache>: Cache {
    /// What an entry is found by.
    public typealias Key = Base.Key
    /// What is cached.
    public typealias Value = Base.Value
    /// The base's own, which is of no importance.
    public typealias Ticket = Base.Ticket

    private let base: Base

    /// Turns the rule off.
    public init(_ base: Base) { self.base = base }

    /// That of the base.
    public var coordinator: CacheCoordinator<Key, Value> { base.coordinator }

    /// That of the base.
    public var statistics: CacheStatistics { base.statistics }

    /// As the base.
    public func get(_ key: Key) async throws(StorageError) -> CacheEntry<Value>? {
        try await base.get(key)
    }

    /// As the base.
    public func get(_ keys: [Key]) async throws(StorageError) -> [Key: CacheEntry<Value>] {
        try await base.get(keys)
    }

    /// As the base.
    public func beginLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Key: CacheLookup<Value, Ticket>] {
        try await base.beginLoads(keys, unlessFreshFor: demanded)
    }

    /// Stores what is refused with a ticket that is fetched for it, after it was read.
    public func publish(
        _ fills: [CacheFill<Key, Value, Ticket>]
    ) async throws(StorageError) -> Set<Key> {
        let stored = try await base.publish(fills)
        for var fill in fills where !stored.contains(fill.key) {
            try await base.invalidate([fill.key])
            let lookups = try await base.beginLoads([fill.key], unlessFreshFor: .zero)
            guard case .load(let ticket)? = lookups[fill.key] else { continue }
            fill.ticket = ticket
            try await base.publish([fill])
        }
        return Set(fills.map(\.key))
    }

    /// As the base.
    public func abandonLoads(_ tickets: [Key: Ticket]) async throws(StorageError) {
        try await base.abandonLoads(tickets)
    }

    /// As the base.
    public func invalidate(_ keys: [Key]) async throws(StorageError) {
        try await base.invalidate(keys)
    }

    /// As the base.
    public func removeAll() async throws(StorageError) { try await base.removeAll() }
}
