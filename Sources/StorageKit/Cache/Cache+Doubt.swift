/// A cache as its readers use it: what fails is counted, and what is in doubt is not believed.
extension Cache {
    /// The entry under the key; `nil` as well when the key is in doubt or the cache fails.
    @inlinable
    func trustedEntry(_ key: Key) async -> CacheEntry<Value>? {
        if coordinator.hasDoubts { return await trustedEntries([key])[key] }
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
            let entries = try await get(keys)
            answered()
            return entries
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
            let lookups = try await beginLoads(keys, unlessFreshFor: demanded)
            answered()
            return lookups
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
        let claim = coordinator.mistrust.claim(keys)
        var doubtful = claim.held
        if !claim.isEmpty {
            do {
                try await settle(claim)
            } catch {
                coordinator.mistrust.release(claim)
                coordinator.counters.countCacheError(error)
                doubtful.formUnion(claim.concernsAll ? keys : claim.keys)
            }
        }
        return doubtful.isEmpty ? keys : keys.filter { !doubtful.contains($0) }
    }

    /// Invalidates what was claimed.
    func settle(_ claim: CacheSuspects<Key>.Claim) async throws(StorageError) {
        if claim.everything != nil {
            try await removeAll()
        } else {
            if !claim.tags.isEmpty { try await forget(claim.tags) }
            if !claim.keys.isEmpty { try await invalidate(claim.keys) }
        }
        coordinator.mistrust.settle(claim)
    }

    /// Invalidates tags; everything where they never can be, lest the cache be in doubt for good.
    private func forget(_ tags: Set<CacheTag>) async throws(StorageError) {
        guard let tagged = self as? any TaggedCache<Key, Value> else {
            return try await removeAll()
        }
        do {
            try await tagged.invalidate(tags: tags)
        } catch {
            guard !error.isRetryable, error.code != .cancelled else { throw error }
            try await removeAll()
        }
    }
}

// MARK: Telling the cache

extension Cache {
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
        try await tell(.invalidated(keys: keys.count), call) { distrust(keys) }
    }

    /// Forgets everything, cancelled or not; if that fails everything is in doubt from now on.
    func removeAllOrDoubt() async throws(StorageError) {
        try await tell(.invalidatedAll) { () async throws(StorageError) in
            try await removeAll()
        } orElse: {
            if coordinator.distrustAll() { resynchronise() }
        }
    }

    fileprivate func tell(
        _ event: CacheEvent, _ call: @escaping @Sendable () async throws(StorageError) -> Void,
        orElse doubt: () -> Void
    ) async throws(StorageError) {
        do {
            try await uncancelled(call)
        } catch {
            doubt()
            throw error
        }
        coordinator.tell(event)
        answered()
    }

    /// Casts doubt on the keys, and begins to settle it.
    func distrust(_ keys: [Key], for held: Duration = .zero) {
        if coordinator.distrust(keys, for: held) { resynchronise() }
    }
}

extension TaggedCache {
    /// Invalidates the tags, cancelled or not; if that fails they are in doubt from now on.
    func invalidateOrDoubt(tags: Set<CacheTag>) async throws(StorageError) {
        try await tell(.invalidatedTags(tags.count)) { () async throws(StorageError) in
            try await invalidate(tags: tags)
        } orElse: {
            if coordinator.distrust(tags: tags) { resynchronise() }
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
