internal import Synchronization

// Everywhere: first the storage, then the loads of this process. `Cache` says why.

extension SharedCache {
    /// Removes the entries and the registered loads of the keys, then detaches their running loads.
    public func invalidate(_ keys: [Key]) async throws(StorageError) {
        guard !keys.isEmpty else { return }
        let places = try distinct(keys)
        try await storage.invalidate(places.map { $0.bytes })
        forget(places)
    }

    /// Begins a new generation, then detaches every running load.
    ///
    /// One round trip and constant time; what there was takes up room until it ends by itself, or
    /// ``removeOutdated()`` deletes it.
    public func removeAll() async throws(StorageError) {
        try await storage.removeAll()
        forgetAll()
    }

    /// Deletes what was cleared by ``removeAll()`` and still takes up room.
    ///
    /// Nobody can read those entries. They end with their time to live, so only a cache without one
    /// needs this, now and then, in one of its processes: otherwise what it has cleared stays in a
    /// storage that evicts nothing. What was invalidated by tag is deleted when it is asked for.
    ///
    /// It looks at all keys of the storage, a page at a time, with two round trips each, and keeps
    /// nobody waiting meanwhile. It can be cancelled and begun anew at any moment.
    ///
    /// - Returns: How many were deleted.
    @discardableResult
    public func removeOutdated() async throws(StorageError) -> Int {
        try await storage.removeOutdated()
    }

    /// Detaches the running loads of keys whose registrations are gone.
    func forget(_ places: [Place]) {
        if options.lookupMode == .leaseOnRead {
            held.withLock { $0.drop(places.map { $0.bytes }) }
        }
        coordinator.counters.count { $0.invalidations += places.count }
        coordinator.detachLoads(of: places.map { $0.key })
    }

    func forgetAll() {
        held.withLock { $0.dropAll() }
        coordinator.detachAllLoads()
    }
}

extension SharedCache: TaggedCache {
    /// Invalidates every entry that carries one of the tags, then detaches every running load.
    public func invalidate(tags: Set<CacheTag>) async throws(StorageError) {
        guard !tags.isEmpty else { return }
        try await storage.invalidate(tags: Array(tags))
        forgetAll()
    }
}

extension SharedCache: VersionedCache {
    /// Invalidates the keys, remembers the versions, and replaces entries where that is safe; then
    /// detaches the keys' running loads.
    public func recordWrites(
        _ writes: [CacheWrite<Key, Value>], refusingOlderFor duration: Duration
    ) async throws(StorageError) {
        guard !writes.isEmpty else { return }
        var commits: [SharedCacheCommit] = []
        for write in writes {
            let deposit = write.entry.flatMap(deposit)
            commits.append(
                SharedCacheCommit(
                    key: try keys.encode(write.key), version: write.version, deposit: deposit))
        }
        let places = try distinct(writes.map { $0.key })
        try await storage.recordWrites(commits, refusingOlderFor: duration)
        forget(places)
    }
}

extension SharedCache: BarrierCache {
    /// Removes the entries and registered loads of the keys, sets a barrier for each and then
    /// detaches their running loads.
    public func beginWrites(
        _ keys: [Key], lasting duration: Duration
    ) async throws(StorageError) -> [Key: Barrier] {
        guard !keys.isEmpty else { return [:] }
        guard duration >= .milliseconds(1) else {
            throw StorageError(
                code: .invalidArgument, message: "a barrier lasts for a millisecond at least",
                operation: "beginWrites")
        }
        let places = try distinct(keys)
        let claims = places.map { SharedCacheClaim(key: $0.bytes, token: makeToken()) }
        try await storage.beginWrites(claims, lasting: duration)
        forget(places)
        var barriers: [Key: Barrier] = [:]
        for (place, claim) in zip(places, claims) {
            barriers[place.key] = Barrier(token: claim.token)
        }
        return barriers
    }

    /// Ends barriers, leaves entries behind where that is safe, and detaches the keys' running
    /// loads: they began before the end of the write.
    public func endWrites(
        _ writes: [CacheWriteEnd<Key, Value, Barrier>]
    ) async throws(StorageError) {
        guard !writes.isEmpty else { return }
        var endings: [SharedCacheEnding] = []
        for write in writes {
            let claim = SharedCacheClaim(
                key: try keys.encode(write.key), token: write.barrier.token)
            endings.append(SharedCacheEnding(claim, deposit: write.entry.flatMap(deposit)))
        }
        let places = try distinct(writes.map { $0.key })
        try await storage.endWrites(endings)
        forget(places)
    }
}
