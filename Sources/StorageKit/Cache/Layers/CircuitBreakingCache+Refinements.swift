extension CircuitBreakingCache: TaggedCache where Base: TaggedCache {
    /// Invalidates every entry that carries one of the tags, then detaches every running load.
    public func invalidate(tags: Set<CacheTag>) async throws(StorageError) {
        try await breaker.call("invalidate", isWriting: true) {
            [base] () async throws(StorageError) in
            try await base.invalidate(tags: tags)
        }
    }
}

extension CircuitBreakingCache: VersionedCache where Base: VersionedCache {
    /// Tells the cache what was written.
    public func recordWrites(
        _ writes: [CacheWrite<Key, Value>], refusingOlderFor duration: Duration
    ) async throws(StorageError) {
        try await breaker.call("recordWrites", isWriting: true) {
            [base] () async throws(StorageError) in
            try await base.recordWrites(writes, refusingOlderFor: duration)
        }
    }
}

extension CircuitBreakingCache: BarrierCache where Base: BarrierCache {
    /// The base's own.
    public typealias Barrier = Base.Barrier

    /// Removes the entries and registered loads of the keys, sets a barrier for each and then
    /// detaches their running loads.
    ///
    /// A strict write needs it, and is refused while the cache is not asked.
    public func beginWrites(
        _ keys: [Key], lasting duration: Duration
    ) async throws(StorageError) -> [Key: Barrier] {
        try await breaker.call("beginWrites", isWriting: true, late: end) {
            [base] () async throws(StorageError) in
            try await base.beginWrites(keys, lasting: duration)
        }
    }

    /// The write that a late barrier was for is not made.
    private var end: @Sendable ([Key: Barrier]) async -> Void {
        { [base] barriers in
            try? await base.endWrites(barriers.map { CacheWriteEnd(key: $0, barrier: $1) })
        }
    }

    /// Ends barriers, and leaves entries behind where that is safe.
    public func endWrites(
        _ writes: [CacheWriteEnd<Key, Value, Barrier>]
    ) async throws(StorageError) {
        try await breaker.call("endWrites", isWriting: true) {
            [base] () async throws(StorageError) in
            try await base.endWrites(writes)
        }
    }
}
