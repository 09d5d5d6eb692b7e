extension CacheLoad {
    /// Lets nobody join the loads any more, and ends them; who comes meanwhile waits for the end.
    @usableFromInline
    func settleDetached(
        _ missing: [Led], _ lookups: Lookups, with outcome: Outcome
    ) async -> Set<CacheType.Key> {
        let keys = missing.map { $0.wanted.key }
        return await cache.coordinator.publications.run(keys) {
            cache.coordinator.detachLoads(of: keys)
            return await settle(missing, lookups, with: outcome)
        }
    }

    /// Ends every registered load: publishes what was found, abandons the rest.
    ///
    /// - Returns: The keys that were stored.
    @inlinable
    func settle(
        _ missing: [Led], _ lookups: Lookups, with outcome: Outcome
    ) async -> Set<CacheType.Key> {
        let found = try? outcome.get()
        var fills: [Fill] = []
        var abandoned: [CacheType.Key: CacheType.Ticket] = [:]
        var gone: [CacheType.Key] = []
        for wanted in missing.lazy.map({ $0.wanted }) {
            guard case .load(let ticket)? = lookups[wanted.key] else { continue }
            let entity = found?[wanted.id]
            if entity != nil || (found != nil && policy.negativeTimeToLive != nil) {
                let entry = repository.entry(for: entity, by: policy)
                fills.append(Fill(key: wanted.key, entry: entry, ticket: ticket))
            } else if found != nil, wanted.known != nil {
                gone.append(wanted.key)
            } else {
                abandoned[wanted.key] = ticket
            }
        }
        return await end(fills, abandoned, gone)
    }

    /// Three calls, none of which keeps the others from being made.
    ///
    /// - Parameter gone: What the cache still has and the primary has no more.
    @inlinable
    func end(
        _ fills: [Fill], _ abandoned: [CacheType.Key: CacheType.Ticket], _ gone: [CacheType.Key]
    ) async -> Set<CacheType.Key> {
        let cache = cache
        var stored: Set<CacheType.Key>?
        if !fills.isEmpty {
            stored = await tell { () async throws(StorageError) in try await cache.publish(fills) }
            let count = stored?.count ?? 0
            cache.coordinator.tell(.filled(stored: count, rejected: fills.count - count))
        }
        if !abandoned.isEmpty {
            await tell { () async throws(StorageError) in try await cache.abandonLoads(abandoned) }
        }
        if !gone.isEmpty {
            await tell { () async throws(StorageError) in try await cache.invalidate(gone) }
        }
        return stored ?? []
    }

    /// Calls the cache, even when the load was cancelled: a registration that is left behind would
    /// keep others from filling.
    @inlinable
    @discardableResult
    func tell<Answer: Sendable>(
        _ call: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async -> Answer? {
        do {
            return try await uncancelled(call)
        } catch {
            cache.coordinator.counters.countCacheError(error)
            return nil
        }
    }
}
