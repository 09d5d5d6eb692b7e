/// A cache that is not asked for a while when it fails, so that its failure costs readers little.
///
/// ```swift
/// var policy = CircuitBreakerPolicy()
/// policy.callTimeout = .milliseconds(50)
/// let cache = CircuitBreakingCache(shared, policy: policy)
/// let todos = CachedRepository(primary: database, cache: cache, namespace: "todo")
/// ```
///
/// A ``CachedRepository`` does without a cache that throws. But a cache that is *silent* makes each
/// reader wait for its timeout first, and one that is down is knocked at by every read. This layer
/// gives calls up after ``CircuitBreakerPolicy/callTimeout``, and when too many failed it throws
/// ``StorageError/Code/unavailable`` at once, without a round trip. After a pause one call at a
/// time is let through to see whether the cache is back.
///
/// ## What is not served when it returns
///
/// An invalidation that is refused throws like one that fails, so the keys of writes made meanwhile
/// are in doubt (``CachedRepository``): nobody in this process is served their entries until an
/// invalidation has succeeded, and when they are too many everything is cleared first. The task
/// that settles doubts calls through this layer as readers do: what is refused it tries again, and
/// its call can be the one that finds the cache working. Other processes are served the old entries
/// until then: give entries a time to live.
///
/// ## Calls that were given up
///
/// Their answers are discarded, with what belongs to them: loads that were registered late are
/// abandoned, barriers that were set late are ended. A late fill is as good as one in time: it has
/// its ticket.
///
/// ## What counts as a failure
///
/// That the cache answers nobody: ``StorageError/Code/unavailable``,
/// ``StorageError/Code/timedOut``, ``StorageError/Code/busy``,
/// ``StorageError/Code/resourceExhausted``, ``StorageError/Code/unauthenticated``,
/// ``StorageError/Code/corrupted``. Any other error is the answer of a cache that works (an
/// argument that is refused, a value that cannot be written, a call that came at the wrong time)
/// and counts as a success; a call whose task was cancelled does not count at all.
///
/// Put it around the shared tier of a ``TieredCache``, not around both tiers: local hits need no
/// protection.
public struct CircuitBreakingCache<Base: Cache>: Cache {
    /// What an entry is found by.
    public typealias Key = Base.Key
    /// What is cached.
    public typealias Value = Base.Value
    /// The base's own.
    public typealias Ticket = Base.Ticket

    /// The cache that may fail.
    public let base: Base

    let breaker: CircuitBreaker

    /// Creates the layer; copies of it share what they know.
    ///
    /// - Parameters:
    ///   - base: The cache that may fail.
    ///   - policy: When it is not asked, and when again.
    ///   - clock: What time is read from; tests give a manual one.
    public init(
        _ base: Base, policy: CircuitBreakerPolicy = CircuitBreakerPolicy(),
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.base = base
        breaker = CircuitBreaker(policy, clock: SleepingClock(clock))
    }

    /// Whether the cache is asked as usual; otherwise calls are refused, but for one now and then.
    public var isClosed: Bool { breaker.isClosed }

    /// That of the base.
    public var coordinator: CacheCoordinator<Base.Key, Base.Value> { base.coordinator }

    /// That of the base.
    public var statistics: CacheStatistics { base.statistics }

    /// The entry under the key, or `nil` when there is none.
    public func get(_ key: Key) async throws(StorageError) -> CacheEntry<Value>? {
        try await breaker.call("get") { [base] () async throws(StorageError) in
            try await base.get(key)
        }
    }

    /// The entries that exist under the keys.
    public func get(_ keys: [Key]) async throws(StorageError) -> [Key: CacheEntry<Value>] {
        try await breaker.call("get") { [base] () async throws(StorageError) in
            try await base.get(keys)
        }
    }

    /// Looks each key up once more and registers a load of it if there is no entry that is fresh
    /// enough.
    public func beginLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration? = .zero
    ) async throws(StorageError) -> [Key: CacheLookup<Value, Ticket>] {
        try await breaker.call("beginLoads", late: abandon) {
            [base] () async throws(StorageError) in
            try await base.beginLoads(keys, unlessFreshFor: demanded)
        }
    }

    /// Around the breaker: what was registered belongs to nobody any more, and a failure changes
    /// nothing, for registrations end by themselves.
    private var abandon: @Sendable ([Key: CacheLookup<Value, Ticket>]) async -> Void {
        { [base] lookups in
            let tickets = lookups.compactMapValues { lookup -> Ticket? in
                if case .load(let ticket) = lookup { ticket } else { nil }
            }
            if !tickets.isEmpty { try? await base.abandonLoads(tickets) }
        }
    }

    /// Waits until somebody else's registered load of the key may have ended; not at all while the
    /// cache is not asked.
    public func loadEnded(of key: Key, within patience: Duration) async -> Bool {
        guard isClosed else { return false }
        return await base.loadEnded(of: key, within: patience)
    }

    /// Stores each entry whose ticket is still the registered one, and ends those loads.
    @discardableResult
    public func publish(
        _ fills: [CacheFill<Key, Value, Ticket>]
    ) async throws(StorageError) -> Set<Key> {
        try await breaker.call("publish", isWriting: true) {
            [base] () async throws(StorageError) in
            try await base.publish(fills)
        }
    }

    /// Ends loads that found nothing to publish, as far as they are still registered.
    public func abandonLoads(_ tickets: [Key: Ticket]) async throws(StorageError) {
        try await breaker.call("abandonLoads", isWriting: true) {
            [base] () async throws(StorageError) in
            try await base.abandonLoads(tickets)
        }
    }

    /// Removes the entries and the registered loads of the keys, then detaches their running loads.
    public func invalidate(_ keys: [Key]) async throws(StorageError) {
        try await breaker.call("invalidate", isWriting: true) {
            [base] () async throws(StorageError) in
            try await base.invalidate(keys)
        }
    }

    /// Removes every entry and registered load, then detaches every running load.
    public func removeAll() async throws(StorageError) {
        try await breaker.call("removeAll", isWriting: true) {
            [base] () async throws(StorageError) in
            try await base.removeAll()
        }
    }
}
