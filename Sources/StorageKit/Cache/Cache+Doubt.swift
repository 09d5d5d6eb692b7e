/// A cache as its readers use it: what fails is counted, and what is in doubt is not believed.
extension Cache {
    /// The entry under the key; `nil` as well when the key is in doubt or the cache fails.
    @inlinable
    func trustedEntry(_ key: Key) async -> CacheEntry<Value>? {
        if coordinator.hasDoubts, await trusted([key]).isEmpty { return nil }
        do {
            return try await get(key)
        } catch {
            coordinator.counters.countCacheError(error)
            return nil
        }
    }

    /// The entries under the keys, without those in doubt; none when the cache fails.
    @inlinable
    func trustedEntries(_ keys: [Key]) async -> [Key: CacheEntry<Value>] {
        let keys = await trusted(keys)
        guard !keys.isEmpty else { return [:] }
        do {
            return try await get(keys)
        } catch {
            coordinator.counters.countCacheError(error)
            return [:]
        }
    }

    /// What to do for each of the keys; to do without the cache for those in doubt, or when it
    /// fails.
    @inlinable
    func trustedLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration? = .zero
    ) async -> [Key: CacheLookup<Value, Ticket>] {
        let keys = await trusted(keys)
        guard !keys.isEmpty else { return [:] }
        do {
            return try await beginLoads(keys, unlessFreshFor: demanded)
        } catch {
            coordinator.counters.countCacheError(error)
            return [:]
        }
    }

    /// The keys about which there is no doubt, or none any more: it tries to settle what there is.
    @inlinable
    func trusted(_ keys: [Key]) async -> [Key] {
        coordinator.hasDoubts ? await settled(keys) : keys
    }

    @usableFromInline
    func settled(_ keys: [Key]) async -> [Key] {
        let doubt = coordinator.doubt(about: keys)
        if doubt.isEmpty { return keys }
        do {
            try await settle(doubt)
            return keys
        } catch {
            coordinator.counters.countCacheError(error)
            return keys.filter { !doubt.concerns($0) }
        }
    }

    private func settle(_ doubt: CacheSuspects<Key>.Doubt) async throws(StorageError) {
        if doubt.concernsEverything {
            try await removeAll()
        } else {
            try await invalidate(doubt.keys)
        }
        coordinator.settle(doubt)
    }

    /// Invalidates the keys, cancelled or not; if that fails they are in doubt from now on.
    @usableFromInline
    func invalidateOrDoubt(_ keys: [Key]) async throws(StorageError) {
        do {
            try await invalidateUncancelled(keys)
        } catch {
            coordinator.distrust(keys)
            throw error
        }
    }

    /// Invalidates the keys in this task, or in a fresh one when this one is cancelled.
    private func invalidateUncancelled(_ keys: [Key]) async throws(StorageError) {
        if !Task.isCancelled {
            do {
                return try await invalidate(keys)
            } catch {
                if !Task.isCancelled { throw error }
            }
        }
        try await Task { await Result(awaiting: invalidation(of: keys)) }.value.get()
    }

    private func invalidation(
        of keys: [Key]
    ) -> @Sendable () async throws(StorageError) -> Void {
        { () async throws(StorageError) in try await invalidate(keys) }
    }
}
