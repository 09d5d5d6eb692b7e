import StorageKit

/// A cache with one rule turned off: what is filled is stored whether or not its ticket was torn.
struct TicketlessCache<Base: Cache>: Cache {
    typealias Key = Base.Key
    typealias Value = Base.Value
    typealias Ticket = Base.Ticket

    let base: Base

    var coordinator: CacheCoordinator<Key, Value> { base.coordinator }
    var statistics: CacheStatistics { base.statistics }

    func get(_ key: Key) async throws(StorageError) -> CacheEntry<Value>? {
        try await base.get(key)
    }

    func get(_ keys: [Key]) async throws(StorageError) -> [Key: CacheEntry<Value>] {
        try await base.get(keys)
    }

    func beginLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Key: CacheLookup<Value, Ticket>] {
        try await base.beginLoads(keys, unlessFreshFor: demanded)
    }

    /// Stores what is refused with a ticket that is fetched for it, after it was read.
    func publish(
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

    func abandonLoads(_ tickets: [Key: Ticket]) async throws(StorageError) {
        try await base.abandonLoads(tickets)
    }

    func invalidate(_ keys: [Key]) async throws(StorageError) { try await base.invalidate(keys) }

    func removeAll() async throws(StorageError) { try await base.removeAll() }
}
