extension TieredCache {
    /// Removes the entries and the registered loads of the keys in the shared tier, tells the
    /// others, does the same locally, and then detaches the keys' running loads.
    ///
    /// One round trip when the shared tier tells the others itself, otherwise two. When it throws,
    /// the local tier has forgotten the keys all the same.
    public func invalidate(_ keys: [Key]) async throws(StorageError) {
        guard !keys.isEmpty else { return }
        try await invalidate(.invalidated(keys)) { () async throws(StorageError) in
            try await self.shared.invalidate(keys)
        } locally: { () async throws(StorageError) in
            try await self.local.invalidate(keys)
        }
    }

    /// Removes every entry and registered load, as ``invalidate(_:)-([Key])`` does those of keys.
    public func removeAll() async throws(StorageError) {
        try await invalidate(.cleared) { () async throws(StorageError) in
            try await self.shared.removeAll()
        } locally: { () async throws(StorageError) in
            try await self.local.removeAll()
        }
    }

    /// The order of every invalidation: shared tier, the others, local tier, flights.
    ///
    /// While it goes on, the local tier is not asked.
    ///
    /// What fails keeps nothing behind it from being done but the telling: what is not invalid need
    /// not be told. A failure of the shared tier may hide an effect, of which the others have not
    /// heard then; it is not acknowledged, and whoever repeats it tells them.
    private func invalidate(
        _ content: CacheMessage<Key>.Content,
        shared remove: () async throws(StorageError) -> Void,
        locally forget: () async throws(StorageError) -> Void
    ) async throws(StorageError) {
        let keys: [Key]? = if case .invalidated(let keys) = content { keys } else { nil }
        let (outcome, forgotten) = await underWay.during(keys) {
            let outcome = await Result(
                awaiting: { () async throws(StorageError) in
                    try await remove()
                    try await self.tell?(content)
                })
            return (outcome, await Result(awaiting: forget))
        }
        if let keys { coordinator.detachLoads(of: keys) } else { coordinator.detachAllLoads() }
        try outcome.get()
        try forgotten.get()
    }
}

extension TieredCache: TaggedCache where Local: TaggedCache, Shared: TaggedCache {
    /// Invalidates every entry that carries one of the tags, in the order of
    /// ``invalidate(_:)-([Key])``.
    public func invalidate(tags: Set<CacheTag>) async throws(StorageError) {
        guard !tags.isEmpty else { return }
        try await invalidate(.invalidatedTags(tags)) { () async throws(StorageError) in
            try await self.shared.invalidate(tags: tags)
        } locally: { () async throws(StorageError) in
            try await self.local.invalidate(tags: tags)
        }
    }
}

extension TieredCache: VersionedCache where Local: VersionedCache, Shared: VersionedCache {
    /// Tells both tiers what was written, in the order of ``invalidate(_:)-([Key])``.
    ///
    /// Other processes' local tiers forget the keys; the shared tier keeps older versions away from
    /// them, for what it refuses is not filled locally either.
    public func recordWrites(
        _ writes: [CacheWrite<Key, Value>], refusingOlderFor duration: Duration
    ) async throws(StorageError) {
        guard !writes.isEmpty else { return }
        let keys = writes.map { $0.key }
        let begin = clock.now
        try await invalidate(.invalidated(keys)) { () async throws(StorageError) in
            try await self.shared.recordWrites(writes, refusingOlderFor: duration)
        } locally: { () async throws(StorageError) in
            let age = self.clock.now - begin
            try await self.local.recordWrites(
                writes.map { self.localWrite($0, age: age) }, refusingOlderFor: duration)
        }
    }

    /// The write as the local tier is told of it: what it leaves lives as any local entry does.
    private func localWrite(
        _ write: CacheWrite<Key, Value>, age: Duration
    ) -> CacheWrite<Key, Value> {
        var write = write
        // Without a time to live nobody here knows how long the shared tier will keep it.
        let isKnown = write.entry?.timeToLive != nil
        write.entry = isKnown ? write.entry.flatMap { localCopy($0, age: age) } : nil
        return write
    }
}
