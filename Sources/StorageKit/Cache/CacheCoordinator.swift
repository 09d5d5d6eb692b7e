public import Synchronization

/// What the readers of one cache share in this process: running loads, doubts and counters.
///
/// Each ``Cache`` owns one, so that several repositories over one cache ask the primary once
/// between them, and so that an invalidation made on the cache itself reaches the readers of all of
/// them. An implementation of a cache calls ``detachLoads(of:)`` and ``detachAllLoads()`` where the
/// contract of ``Cache`` says so and adds ``statistics`` to its own; the rest is for
/// ``CachedRepository``.
public final class CacheCoordinator<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    @usableFromInline
    let flights = SingleFlight<Key, FlightRead<Value>>()
    @usableFromInline
    let counters = CacheCounters()
    @usableFromInline
    let mistrust: CacheMistrust<Key>
    let publications = CachePublications<Key>()
    private let refreshPauses = Mutex(RefreshPauses<Key>(limit: 1024))
    private let pausesRefreshes = Atomic(false)
    @usableFromInline
    let clock: MonotonicReading

    /// Whether other processes can invalidate entries of the cache.
    ///
    /// Their invalidations do not detach the loads that run here; see ``FlightRead`` for what
    /// readers do about that.
    public let isShared: Bool

    init(reading: MonotonicReading, isShared: Bool = false, suspectLimit: Int = 4096) {
        clock = reading
        self.isShared = isShared
        mistrust = CacheMistrust(limit: suspectLimit, clock: reading)
    }

    /// Creates a coordinator.
    ///
    /// - Parameters:
    ///   - clock: What measures how long loads take.
    ///   - isShared: Whether other processes can invalidate entries of the cache.
    public convenience init(
        clock: some Clock<Duration> = ContinuousClock(), isShared: Bool = false
    ) {
        self.init(reading: MonotonicReading(clock), isShared: isShared)
    }

    /// Lets nobody join the running loads of the keys any more.
    ///
    /// The loads go on for those who wait already: they asked before the invalidation was
    /// acknowledged. Call it after the entries and registrations of the keys are gone, never
    /// before.
    @inlinable
    public func detachLoads(of keys: [Key]) {
        for key in keys { flights.detach(key) }
    }

    /// Lets nobody join any of the running loads any more.
    @inlinable
    public func detachAllLoads() { flights.detachAll() }

    /// Tells an observer what happens from now on, in place of the one before; `nil` for none.
    public func observe(with observer: (any CacheObserver)?) {
        counters.observation.set(observer)
    }

    /// The counts of the readers: loads and their time, joins, errors; the cache's own are zero.
    public var statistics: CacheStatistics { counters.statistics }
}

extension CacheCoordinator {
    /// Whether there is any doubt: one relaxed load, for the path of a hit.
    @inlinable
    var hasDoubts: Bool { mistrust.isCast.load(ordering: .relaxed) }

    /// Remembers that the keys' invalidation failed, or may have come too early: until `held` from
    /// now none settles the doubt.
    ///
    /// Doubt first, then detach, for the reason given in ``Cache``: a load that begins in between
    /// must not be one that still believes the entry.
    ///
    /// - Returns: Whether somebody has to begin to settle doubts in the background.
    func distrust(_ keys: [Key], for held: Duration = .zero) -> Bool {
        let isFirst = mistrust.cast(on: keys, for: held)
        counters.count { $0.doubts += keys.count }
        tell(.doubted(keys: keys.count))
        detachLoads(of: keys)
        return isFirst
    }

    /// The same for every key with one of the tags, whose they are nobody knows.
    func distrust(tags: Set<CacheTag>) -> Bool {
        let isFirst = mistrust.cast(on: tags)
        counters.count { $0.doubts += tags.count }
        tell(.doubtedTags(tags.count))
        detachAllLoads()
        return isFirst
    }

    /// The same for everything.
    func distrustAll() -> Bool {
        let isFirst = mistrust.castOnEverything()
        counters.count { $0.doubts += 1 }
        tell(.doubtedAll)
        detachAllLoads()
        return isFirst
    }

    /// Whether the key may be read again in the background: it has not just failed.
    ///
    /// For entries that are due or stale; one relaxed load while no refresh fails.
    @usableFromInline
    func mayRefresh(_ key: Key) -> Bool {
        guard pausesRefreshes.load(ordering: .relaxed) else { return true }
        let now = clock.now
        return refreshPauses.withLock { $0.allows(key, now: now) }
    }

    /// Keys were read again in vain.
    @usableFromInline
    func pauseRefreshes(of keys: some Sequence<Key>, for first: Duration) {
        let now = clock.now
        refreshPauses.withLock { pauses in
            for key in keys { pauses.failed(key, pausing: first, now: now) }
            pausesRefreshes.store(!pauses.isEmpty, ordering: .relaxed)
        }
    }

    /// Keys were read, by whomever.
    @usableFromInline
    func endRefreshPauses(of keys: some Sequence<Key>) {
        guard pausesRefreshes.load(ordering: .relaxed) else { return }
        refreshPauses.withLock { pauses in
            for key in keys { pauses.succeeded(key) }
            pausesRefreshes.store(!pauses.isEmpty, ordering: .relaxed)
        }
    }

    /// Tells the observer, if there is one.
    @inlinable
    func tell(_ event: @autoclosure () -> CacheEvent) { counters.observation.tell(event()) }

    /// Runs a call of the primary for so many keys, counts it and tells the observer.
    @inlinable
    func measured<Success>(
        keys: Int, _ load: () async throws(StorageError) -> Success
    ) async -> Result<Success, StorageError> {
        tell(.loadBegan(keys: keys))
        let begin = clock.now
        let outcome: Result<Success, StorageError>
        if counters.observation.isObserved.load(ordering: .relaxed),
            let observer = counters.observation.current
        {
            outcome = await observer.aroundLoad(ofKeys: keys) { await Result(awaiting: load) }
        } else {
            outcome = await Result(awaiting: load)
        }
        let time = clock.now - begin
        let error: StorageError? = if case .failure(let error) = outcome { error } else { nil }
        counters.countLoad(succeeded: error == nil, time: time)
        tell(.loadEnded(keys: keys, time: time, error: error))
        return outcome
    }
}
