extension CachedRepository {
    /// Stores an entity that is not there yet, then invalidates it in the cache.
    ///
    /// One round trip to the primary and one to the cache, two in the strict mode, as all writes.
    @inlinable
    public func insert(_ entity: Entity) async throws(StorageError) {
        try await write(entity.id, .insert, entity) { () async throws(StorageError) in
            try await primary.insert(entity)
        }
    }

    /// Stores an entity in place of the one with its identifier, then invalidates it in the cache.
    @inlinable
    public func replace(_ entity: Entity) async throws(StorageError) {
        try await write(entity.id, .replace, entity) { () async throws(StorageError) in
            try await primary.replace(entity)
        }
    }

    /// Stores an entity whether or not its identifier is taken, then invalidates it in the cache.
    @inlinable
    public func upsert(_ entity: Entity) async throws(StorageError) {
        try await write(entity.id, .upsert, entity) { () async throws(StorageError) in
            try await primary.upsert(entity)
        }
    }

    /// Removes the entity with this identifier, then invalidates it in the cache.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    @inlinable
    public func delete(_ id: ID) async throws(StorageError) -> Bool {
        try await write(id, nil, nil) { () async throws(StorageError) in
            try await primary.delete(id)
        }
    }

    /// Forgets the entity, after a write that did not go through this repository.
    ///
    /// Call it after the commit. When it returns, no reader is given what was there before.
    ///
    /// - Throws: When the cache cannot be told. This process passes the cache by for the entity
    ///   until it can be; repeating the call is safe.
    @inlinable
    public func invalidate(_ id: ID) async throws(StorageError) {
        try await cache.invalidateOrDoubt([key(id)])
    }

    /// Forgets the entities, as ``invalidate(_:)-(ID)`` does one.
    ///
    /// One round trip.
    @inlinable
    public func invalidate(_ ids: [ID]) async throws(StorageError) {
        guard !ids.isEmpty else { return }
        try await cache.invalidateOrDoubt(ids.map(key))
    }

    /// Forgets every entity of the cache, those of other repositories over it as well.
    ///
    /// One round trip, whatever the number of entries. Call it after the commit. When it returns,
    /// no reader is given what was there before.
    ///
    /// - Throws: When the cache cannot be told. This process passes the cache by until it can be;
    ///   repeating the call is safe.
    public func invalidateAll() async throws(StorageError) { try await cache.removeAllOrDoubt() }

    /// Writes, then tells the cache whatever came of it, and returns what the primary said.
    @inlinable
    func write<Success: Sendable>(
        _ id: ID, _ kind: CachedWrite?, _ entity: Entity?,
        _ body: () async throws(StorageError) -> Success
    ) async throws(StorageError) -> Success {
        let key = key(id)
        let bars = try await bar([key])
        let outcome = await Result(awaiting: body)
        var written: Entity?
        if case .success = outcome, let kind, let entity {
            written = abilities.written?(entity, kind)
        }
        let isUnknown =
            if case .failure(let error) = outcome { error.mayHaveBeenApplied } else {
                false
            }
        await tellCache(of: [key], leaving: written, bars: bars, isUnknown: isUnknown)
        return try outcome.get()
    }
}

// MARK: What the cache is told

extension CachedRepository {
    @usableFromInline
    typealias Bars = CacheAbilities<CacheType.Key, ID, Entity>.Bars

    /// Sets the barriers of the strict mode, if it was asked for; what ends them.
    ///
    /// - Throws: When the cache cannot be told; the write must not be sent then.
    @usableFromInline
    func bar(_ keys: [CacheType.Key]) async throws(StorageError) -> Bars? {
        guard let bar = abilities.bar else { return nil }
        do {
            return try await bar(keys)
        } catch {
            guard error.code != .cancelled else { throw error }
            cache.coordinator.counters.count { $0.strictRefusals += 1 }
            throw .refusedByStrictMode(because: error)
        }
    }

    /// Tells the cache of a write that is over.
    ///
    /// - Parameters:
    ///   - written: What the primary holds now, where there is one key and that is known.
    ///   - bars: What ends the barriers of the keys, in the strict mode.
    ///   - isUnknown: Whether the write may be carried out yet.
    @usableFromInline
    func tellCache(
        of keys: [CacheType.Key], leaving written: Entity? = nil, bars: Bars?, isUnknown: Bool
    ) async {
        if isUnknown { cache.distrust(keys, for: policy.unknownWriteTime) }
        do {
            if let bars {
                // Of unknown outcome: the barrier is what keeps others from filling.
                if !isUnknown { try await end(bars, keys, leaving: written) }
            } else if let write = recorded(keys, written), let record = abilities.record {
                try await cache.tellOrDoubt(keys) { () async throws(StorageError) in
                    try await record([write])
                }
            } else {
                try await cache.invalidateOrDoubt(keys)
            }
        } catch {
            cache.coordinator.counters.count { $0.failedInvalidations += 1 }
        }
    }

    /// Ends barriers, and the flights of those who began to load behind them.
    private func end(
        _ bars: @escaping Bars, _ keys: [CacheType.Key], leaving written: Entity?
    ) async throws(StorageError) {
        var entries: [CacheType.Key: CacheEntry<Entity>] = [:]
        if let written, let key = keys.first { entries[key] = entry(for: written, by: policy) }
        let left = entries
        try await cache.tellOrDoubt(keys) { () async throws(StorageError) in
            try await bars(left)
        }
        cache.coordinator.detachLoads(of: keys)
    }

    private func recorded(
        _ keys: [CacheType.Key], _ written: Entity?
    ) -> CacheWrite<CacheType.Key, Entity>? {
        guard let written, let key = keys.first,
            let version = abilities.version?(written)
        else { return nil }
        return CacheWrite(key: key, version: version, entry: entry(for: written, by: policy))
    }
}

extension StorageError {
    /// The error for a write that was not sent, because the cache could not be told before it.
    fileprivate static func refusedByStrictMode(because error: StorageError) -> StorageError {
        StorageError(
            code: .unavailable,
            message: "the write was not sent: the cache could not be told before it, as the strict "
                + "mode demands; try again when the cache is back",
            operation: "write", underlying: error)
    }
}
