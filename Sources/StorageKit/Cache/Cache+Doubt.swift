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

    /// Settles the doubts that nobody else is settling; the keys that can be believed then.
    @usableFromInline
    func settled(_ keys: [Key]) async -> [Key] {
        let claim = coordinator.claimDoubts(about: keys)
        var doubtful = claim.held
        if !claim.isEmpty {
            do {
                try await settle(claim)
            } catch {
                coordinator.release(claim)
                coordinator.counters.countCacheError(error)
                doubtful.formUnion(claim.everything == nil ? claim.keys : keys)
            }
        }
        return doubtful.isEmpty ? keys : keys.filter { !doubtful.contains($0) }
    }

    private func settle(_ claim: CacheSuspects<Key>.Claim) async throws(StorageError) {
        if claim.everything != nil {
            try await removeAll()
        } else {
            try await invalidate(claim.keys)
        }
        coordinator.settle(claim)
    }

    /// Invalidates the keys, cancelled or not; if that fails they are in doubt from now on.
    @usableFromInline
    func invalidateOrDoubt(_ keys: [Key]) async throws(StorageError) {
        try await tellOrDoubt(keys) { () async throws(StorageError) in
            try await invalidate(keys)
        }
    }

    /// Tells the cache of a write, cancelled or not; if that fails the keys are in doubt from now
    /// on.
    @usableFromInline
    func tellOrDoubt(
        _ keys: [Key], _ call: @escaping @Sendable () async throws(StorageError) -> Void
    ) async throws(StorageError) {
        do {
            try await uncancelled(call)
            coordinator.tell(.invalidated(keys: keys.count))
        } catch {
            coordinator.distrust(keys)
            throw error
        }
    }
}

/// Calls in this task, or once more in a fresh one when this one is cancelled.
///
/// A cache on a network refuses to work in a cancelled task.
@inlinable
func uncancelled<Answer: Sendable>(
    _ call: @escaping @Sendable () async throws(StorageError) -> Answer
) async throws(StorageError) -> Answer {
    if !Task.isCancelled {
        do {
            return try await call()
        } catch {
            if !Task.isCancelled { throw error }
        }
    }
    return try await Task { await Result(awaiting: call) }.value.get()
}
