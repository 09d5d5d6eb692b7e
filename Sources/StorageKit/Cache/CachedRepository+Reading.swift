extension CachedRepository {
    /// The entity with this identifier, or `nil` when there is none.
    ///
    /// One round trip to the cache for a hit; one to the primary and two more to the cache for a
    /// miss.
    @inlinable
    public func get(_ id: ID) async throws(StorageError) -> Entity? {
        try await read(id).entity
    }

    /// The entity with this identifier as ``get(_:)-(ID)`` finds it, and where it came from.
    @inlinable
    public func read(_ id: ID) async throws(StorageError) -> CachedRead<Entity> {
        let key = key(id)
        guard let entry = await cache.trustedEntry(key) else {
            cache.coordinator.tell(.misses(1))
            return try await load([Wanted(key: key, id: id)])[0]
        }
        // Fresh, and there: the path of a hit ends here.
        if entry.value != nil, entry.isFresh(for: policy.refreshAhead) {
            cache.coordinator.tell(.hits(1))
            return CachedRead(entity: entry.value, source: .cache)
        }
        let wanted = Wanted(key: key, id: id, known: entry)
        if let read = answer(wanted, staleFor: policy.staleWhileRevalidating) {
            if needsRefresh(wanted) { refresh([wanted]) }
            return read
        }
        cache.coordinator.tell(.misses(1))
        return try await load([known(wanted)])[0]
    }

    /// The entities with these identifiers, those that exist, in no particular order.
    ///
    /// One round trip to the cache when all are hits; otherwise one to the primary, for those that
    /// nobody else is loading, and two more to the cache. What is due is read again in the
    /// background, all by one further call.
    @inlinable
    public func get(_ ids: [ID]) async throws(StorageError) -> [ID: Entity] {
        try limits.checkBatch(count: ids.count)
        guard !ids.isEmpty else { return [:] }
        var found: [ID: Entity] = [:]
        let missing = await lookUp(
            ids, staleFor: policy.staleWhileRevalidating, found: &found)
        guard !missing.isEmpty else { return found }
        let reads = try await load(missing)
        for (wanted, read) in zip(missing, reads) { found[wanted.id] = read.entity }
        return found
    }

    /// The next entities in the primary's order of identifiers, from the primary.
    @inlinable
    public func scan(
        after id: ID?, limit: Int
    ) async throws(StorageError) -> Page<Entity, ID> {
        try await primary.scan(after: id, limit: limit)
    }

    /// Answers what the cache can; returns the others, each once.
    @inlinable
    func lookUp(
        _ ids: [ID], staleFor limit: Duration, found: inout [ID: Entity]
    ) async -> [Wanted] {
        let wanted = Set(ids).map { Wanted(key: key($0), id: $0) }
        let entries = await cache.trustedEntries(wanted.map { $0.key })
        var missing: [Wanted] = []
        var due: [Wanted] = []
        for var wanted in wanted {
            guard let entry = entries[wanted.key] else {
                missing.append(wanted)
                continue
            }
            wanted.known = entry
            if let read = answer(wanted, staleFor: limit) {
                found[wanted.id] = read.entity
                if needsRefresh(wanted) { due.append(wanted) }
            } else {
                missing.append(known(wanted))
            }
        }
        if !missing.isEmpty { cache.coordinator.tell(.misses(missing.count)) }
        if !due.isEmpty { refresh(due) }
        return missing
    }
}

// MARK: What an entry is good for

extension CachedRepository {
    /// An identifier with its key, and what the cache has that is not good enough.
    @usableFromInline
    struct Wanted: Sendable {
        @usableFromInline
        let key: CacheType.Key
        @usableFromInline
        let id: ID
        /// What the cache had when it was asked.
        @usableFromInline
        var known: CacheEntry<Entity>?
        /// When that was.
        @usableFromInline
        var lookedUp = Duration.zero

        @inlinable
        init(key: CacheType.Key, id: ID, known: CacheEntry<Entity>? = nil) {
            self.key = key
            self.id = id
            self.known = known
        }
    }

    /// The answer that the entry is, if it is fresh or has been stale for less than that.
    @usableFromInline
    func answer(_ wanted: Wanted, staleFor limit: Duration) -> CachedRead<Entity>? {
        guard let entry = wanted.known else { return nil }
        let counters = cache.coordinator.counters
        guard entry.isStale else {
            if entry.value == nil { counters.count { $0.negativeHits += 1 } }
            counters.observation.tell(.hits(1))
            return CachedRead(entity: entry.value, source: .cache)
        }
        guard let freshFor = entry.freshFor, .zero - freshFor < limit else { return nil }
        counters.count { $0.staleHits += 1 }
        counters.observation.tell(.staleHits(1))
        return CachedRead(entity: entry.value, source: .stale)
    }

    /// Whether what the cache has and what is the answer is to be read again.
    @usableFromInline
    func needsRefresh(_ wanted: Wanted) -> Bool {
        guard let entry = wanted.known, entry.value != nil else { return false }
        return !entry.isFresh(for: policy.refreshAhead)
            && cache.coordinator.mayRefresh(wanted.key)
    }

    /// The same with the moment at which the entry was as old as it says.
    @usableFromInline
    func known(_ wanted: Wanted) -> Wanted {
        var wanted = wanted
        wanted.lookedUp = cache.coordinator.clock.now
        return wanted
    }

    /// The stale entry in place of an error, if the policy allows it.
    @usableFromInline
    func rescue(_ wanted: Wanted, from error: StorageError) -> CachedRead<Entity>? {
        guard error.isRetryable, policy.staleIfPrimaryFails > .zero,
            let entry = wanted.known, let freshFor = entry.freshFor
        else { return nil }
        let age = cache.coordinator.clock.now - wanted.lookedUp - freshFor
        guard age < policy.staleIfPrimaryFails else { return nil }
        cache.coordinator.counters.count { $0.staleRescues += 1 }
        return CachedRead(entity: entry.value, source: .stale)
    }
}
