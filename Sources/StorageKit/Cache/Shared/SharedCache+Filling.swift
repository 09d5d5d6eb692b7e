extension SharedCache {
    /// Stores each entry whose ticket is still the registered one, and ends those loads.
    ///
    /// - Returns: The keys whose entries were stored and count for certain. One with tags is stored
    ///   as well, and not among them, when any tag was invalidated since its load began.
    @discardableResult
    public func publish(
        _ fills: [CacheFill<Key, Value, Ticket>]
    ) async throws(StorageError) -> Set<Key> {
        var endings: [SharedCacheEnding] = []
        for fill in fills {
            let claim = SharedCacheClaim(
                key: try keys.encode(fill.key), token: fill.ticket.token)
            endings.append(SharedCacheEnding(claim, deposit: deposit(fill.entry)))
        }
        guard !endings.isEmpty else { return [] }
        let ended = try await storage.endLoads(endings)
        var stored: Set<Key> = []
        for (index, hasEnded) in ended.enumerated()
        where hasEnded && endings[index].deposit != nil {
            stored.insert(fills[index].key)
        }
        let storable = endings.count { $0.deposit != nil }
        coordinator.counters.count {
            $0.published += stored.count
            $0.rejectedFills += storable - stored.count
        }
        return stored
    }

    /// Ends loads that found nothing to publish, as far as they are still registered.
    public func abandonLoads(_ tickets: [Key: Ticket]) async throws(StorageError) {
        guard !tickets.isEmpty else { return }
        var endings: [SharedCacheEnding] = []
        for (key, ticket) in tickets {
            let claim = SharedCacheClaim(key: try keys.encode(key), token: ticket.token)
            endings.append(SharedCacheEnding(claim))
        }
        _ = try await storage.endLoads(endings)
    }

    /// An entry as it is stored; `nil`, and counted, when it cannot be.
    func deposit(_ entry: CacheEntry<Value>) -> SharedCacheDeposit? {
        guard SharedCacheContent.allows(entry.tags), let payload = envelope.seal(entry.value)
        else {
            coordinator.counters.count { $0.unstorableEntries += 1 }
            return nil
        }
        return SharedCacheDeposit(
            SharedCacheContent(payload: payload, version: entry.version, tags: entry.tags),
            timeToLive: entry.timeToLive ?? options.timeToLive, freshFor: entry.freshFor)
    }
}
