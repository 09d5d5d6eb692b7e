extension CachedRepository {
    /// The entity with this identifier, read as the options say.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for options that can never be right, and
    ///   what ``get(_:)-(ID)`` throws.
    public func get(
        _ id: ID, options: CacheReadOptions
    ) async throws(StorageError) -> Entity? {
        try await read(id, options: options).entity
    }

    /// The entity with this identifier, read as the options say, and where it came from.
    public func read(
        _ id: ID, options: CacheReadOptions
    ) async throws(StorageError) -> CachedRead<Entity> {
        let reads = try await read([id], options: options)
        return reads[id] ?? CachedRead(entity: nil, source: .notAsked)
    }

    /// The entities with these identifiers, those that exist, read as the options say.
    ///
    /// As many round trips as ``get(_:)-([ID])``, and one more to the cache with
    /// ``CacheReadOptions/reload``.
    public func get(
        _ ids: [ID], options: CacheReadOptions
    ) async throws(StorageError) -> [ID: Entity] {
        try limits.checkBatch(count: ids.count)
        return try await read(ids, options: options).compactMapValues(\.entity)
    }

    private func read(
        _ ids: [ID], options: CacheReadOptions
    ) async throws(StorageError) -> [ID: CachedRead<Entity>] {
        try options.check()
        guard !ids.isEmpty else { return [:] }
        switch options.source {
        case .primaryOnly:
            cache.coordinator.counters.count { $0.bypasses += ids.count }
            return try await readPrimary(Set(ids))
        case .reload: return try await reload(Array(Set(ids)), options)
        case .cacheOnly: return await lookUp(ids, options).found
        case .cacheFirst:
            var (found, missing) = await lookUp(ids, options)
            guard !missing.isEmpty else { return found }
            let loaded = try await load(missing, options)
            found.merge(loaded) { _, loaded in loaded }
            return found
        }
    }

    private func lookUp(
        _ ids: [ID], _ options: CacheReadOptions
    ) async -> (found: [ID: CachedRead<Entity>], missing: [Wanted]) {
        let wanted = Set(ids).map { Wanted(key: key($0), id: $0) }
        let entries = await cache.trustedEntries(wanted.map(\.key))
        let limit = options.acceptsStale ?? policy.staleWhileRevalidating
        var found: [ID: CachedRead<Entity>] = [:]
        var missing: [Wanted] = []
        var due: [Wanted] = []
        for var wanted in wanted {
            wanted.known = entries[wanted.key]
            found[wanted.id] = answer(wanted, staleFor: limit)
            if found[wanted.id] == nil {
                missing.append(known(wanted))
            } else if needsRefresh(wanted) {
                due.append(wanted)
            }
        }
        if options.source == .cacheFirst, options.fillsCache, !due.isEmpty { refresh(due) }
        return (found, missing)
    }

    private func load(
        _ wanted: [Wanted], _ options: CacheReadOptions
    ) async throws(StorageError) -> [ID: CachedRead<Entity>] {
        guard options.fillsCache else { return try await readPrimary(Set(wanted.map(\.id))) }
        let reads = try await load(wanted, by: options.applied(to: policy))
        return Dictionary(zip(wanted.map(\.id), reads)) { first, _ in first }
    }

    /// What the primary has now, in place of what the cache had.
    ///
    /// Invalidated first, and not only loaded once more: a load that is under way would be joined,
    /// or keep this one from filling, and other processes would go on with what they have.
    private func reload(
        _ ids: [ID], _ options: CacheReadOptions
    ) async throws(StorageError) -> [ID: CachedRead<Entity>] {
        do {
            try await cache.invalidateOrDoubt(ids.map(key))
        } catch {
            cache.coordinator.counters.countCacheError(error)
        }
        return try await load(ids.map { Wanted(key: key($0), id: $0) }, options)
    }

    private func readPrimary(
        _ ids: Set<ID>
    ) async throws(StorageError) -> [ID: CachedRead<Entity>] {
        let outcome = await cache.coordinator.measured(keys: ids.count) {
            () async throws(StorageError) in
            guard ids.count == 1, let id = ids.first else {
                return try await primary.get(Array(ids))
            }
            return try await primary.get(id).map { [id: $0] } ?? [:]
        }
        let entities = try outcome.get()
        let reads = ids.map { ($0, CachedRead(entity: entities[$0], source: .primary)) }
        return Dictionary(uniqueKeysWithValues: reads)
    }
}
