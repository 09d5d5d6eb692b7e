extension CachedRepository {
    /// Stores an entity that is not there yet, then invalidates it in the cache.
    ///
    /// One round trip to the primary and one to the cache, as all writes.
    @inlinable
    public func insert(_ entity: Entity) async throws(StorageError) {
        try await write(entity.id) { () async throws(StorageError) in
            try await primary.insert(entity)
        }
    }

    /// Stores an entity in place of the one with its identifier, then invalidates it in the cache.
    @inlinable
    public func replace(_ entity: Entity) async throws(StorageError) {
        try await write(entity.id) { () async throws(StorageError) in
            try await primary.replace(entity)
        }
    }

    /// Stores an entity whether or not its identifier is taken, then invalidates it in the cache.
    @inlinable
    public func upsert(_ entity: Entity) async throws(StorageError) {
        try await write(entity.id) { () async throws(StorageError) in
            try await primary.upsert(entity)
        }
    }

    /// Removes the entity with this identifier, then invalidates it in the cache.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    @inlinable
    public func delete(_ id: ID) async throws(StorageError) -> Bool {
        try await write(id) { () async throws(StorageError) in try await primary.delete(id) }
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

    /// Writes, then invalidates whatever came of it, and returns what the primary said.
    @inlinable
    func write<Success: Sendable>(
        _ id: ID, _ body: () async throws(StorageError) -> Success
    ) async throws(StorageError) -> Success {
        let outcome = await Result(awaiting: body)
        do {
            try await cache.invalidateOrDoubt([key(id)])
        } catch {
            cache.coordinator.counters.countFailedInvalidation()
        }
        return try outcome.get()
    }
}
