extension InMemoryCache: TaggedCache {
    /// Invalidates every entry that carries one of the tags, then detaches every running load.
    ///
    /// Takes constant time for each tag in each stripe.
    public func invalidate(tags: Set<CacheTag>) {
        guard !tags.isEmpty else { return }
        forEachStripe { $0.clear(tags) }
        coordinator.detachAllLoads()
    }
}

extension InMemoryCache: BarrierCache {
    /// Removes the entries and registered loads of the keys, sets a barrier for each and then
    /// detaches their running loads.
    public func beginWrites(_ keys: [Key], lasting duration: Duration) -> [Key: Barrier] {
        var barriers: [Key: Barrier] = [:]
        for key in keys where barriers[key] == nil {
            barriers[key] = withStripe(of: key) { stripe, key in
                stripe.beginWrite(key, lasting: duration, now: clock.now)
            }
        }
        coordinator.detachLoads(of: keys)
        return barriers
    }

    /// Ends barriers, and leaves entries behind where that is safe; then detaches the keys' running
    /// loads, which may have read before the commit.
    public func endWrites(_ writes: [CacheWriteEnd<Key, Value, Barrier>]) {
        for write in writes {
            let entry = write.entry.map(completed)
            let weight = entry.map { weigh($0.value, under: write.key) } ?? 0
            withStripe(of: write.key) { stripe, key in
                stripe.endWrite(
                    key, write.barrier, leaving: entry, weight: weight, now: clock.now)
            }
        }
        coordinator.detachLoads(of: writes.map { $0.key })
    }
}

extension InMemoryCache: VersionedCache {
    /// Invalidates the keys, remembers the versions, and replaces entries where that is safe; then
    /// detaches the keys' running loads.
    public func recordWrites(
        _ writes: [CacheWrite<Key, Value>], refusingOlderFor duration: Duration
    ) {
        for write in writes {
            let entry = write.entry.map(completed)
            let weight = entry.map { weigh($0.value, under: write.key) } ?? 0
            withStripe(of: write.key) { stripe, key in
                stripe.recordWrite(
                    key, write.version, leaving: entry, weight: weight,
                    refusingOlderFor: duration, now: clock.now)
            }
        }
        coordinator.detachLoads(of: writes.map { $0.key })
    }
}
