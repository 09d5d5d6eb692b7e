extension Cache {
    /// Looks the key up once more and registers a load of it if there is no entry that is fresh
    /// enough.
    @inlinable
    public func beginLoad(
        _ key: Key, unlessFreshFor demanded: Duration? = .zero
    ) async throws(StorageError) -> CacheLookup<Value, Ticket> {
        try await beginLoads([key], unlessFreshFor: demanded)[key] ?? .bypass(.closed)
    }

    /// Stores the value if the ticket is still the registered one, and ends that load.
    ///
    /// - Parameter timeToLive: How long it is a hit; `nil` for the cache's own default.
    /// - Returns: Whether it was stored.
    @discardableResult
    @inlinable
    public func publish(
        _ value: Value, for key: Key, ticket: Ticket, timeToLive: Duration? = nil
    ) async throws(StorageError) -> Bool {
        let entry = CacheEntry(value, timeToLive: timeToLive)
        let stored = try await publish([CacheFill(key: key, entry: entry, ticket: ticket)])
        return stored.contains(key)
    }

    /// Ends a load that found nothing to publish.
    @inlinable
    public func abandonLoad(_ key: Key, ticket: Ticket) async throws(StorageError) {
        try await abandonLoads([key: ticket])
    }

    /// Removes the entry and the registered load of the key, then detaches its running load.
    @inlinable
    public func invalidate(_ key: Key) async throws(StorageError) {
        try await invalidate([key])
    }
}
