import StorageKit

/// A cache whose first look finds nothing and whose second look is answered late.
///
/// Its readers are as slow as readers can be: one that looked before anything was there, began a
/// load, found an entry by now, and is held up before it can tell those who joined.
final class HeldLookupCache<Base: Cache>: Cache {
    private let base: Base
    private let gate = Gate()

    init(_ base: Base) { self.base = base }

    /// Lets those who are held go on.
    func release() { gate.open() }

    var coordinator: CacheCoordinator<Base.Key, Base.Value> { base.coordinator }
    var statistics: CacheStatistics { base.statistics }

    func get(_ key: Base.Key) async throws(StorageError) -> CacheEntry<Base.Value>? { nil }

    func get(
        _ keys: [Base.Key]
    ) async throws(StorageError) -> [Base.Key: CacheEntry<Base.Value>] { [:] }

    func beginLoads(
        _ keys: [Base.Key], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Base.Key: CacheLookup<Base.Value, Base.Ticket>] {
        let lookups = try await base.beginLoads(keys, unlessFreshFor: demanded)
        await gate.pass()
        return lookups
    }

    func publish(
        _ fills: [CacheFill<Base.Key, Base.Value, Base.Ticket>]
    ) async throws(StorageError) -> Set<Base.Key> {
        try await base.publish(fills)
    }

    func abandonLoads(_ tickets: [Base.Key: Base.Ticket]) async throws(StorageError) {
        try await base.abandonLoads(tickets)
    }

    func invalidate(_ keys: [Base.Key]) async throws(StorageError) {
        try await base.invalidate(keys)
    }

    func removeAll() async throws(StorageError) { try await base.removeAll() }
}
