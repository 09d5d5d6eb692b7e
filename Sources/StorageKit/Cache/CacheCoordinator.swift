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
    private let suspects: Mutex<CacheSuspects<Key>>
    @usableFromInline
    let doubts = Atomic(false)
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
        suspects = Mutex(CacheSuspects(limit: suspectLimit))
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

    /// The counts of the readers: loads and their time, joins, errors; the cache's own are zero.
    public var statistics: CacheStatistics { counters.statistics }
}

extension CacheCoordinator {
    /// Whether any key is in doubt: one relaxed load, for the path of a hit.
    ///
    /// Relaxed is enough. A read that begins after a write returned was ordered behind it by
    /// whatever told the reader so.
    @inlinable
    var hasDoubts: Bool { doubts.load(ordering: .relaxed) }

    /// Remembers that the keys' invalidation failed, or may have come too early: until `held` from
    /// now none settles the doubt.
    ///
    /// Doubt first, then detach, for the reason given in ``Cache``: a load that begins in between
    /// must not be one that still believes the entry.
    @usableFromInline
    func distrust(_ keys: [Key], for held: Duration = .zero) {
        let until = held == .zero ? .zero : clock.now + held
        suspects.withLock { suspects in
            for key in keys { suspects.add(key, heldUntil: until) }
            doubts.store(true, ordering: .relaxed)
        }
        counters.count { $0.doubts += keys.count }
        detachLoads(of: keys)
    }

    func claimDoubts(about keys: [Key]) -> CacheSuspects<Key>.Claim {
        suspects.withLock { $0.claim(keys, now: clock.now) }
    }

    func settle(_ claim: CacheSuspects<Key>.Claim) {
        suspects.withLock { suspects in
            suspects.settle(claim)
            doubts.store(!suspects.isEmpty, ordering: .relaxed)
        }
    }

    func release(_ claim: CacheSuspects<Key>.Claim) { suspects.withLock { $0.release(claim) } }

    /// Runs a call of the primary and counts it.
    @inlinable
    func measured<Success>(
        _ load: () async throws(StorageError) -> Success
    ) async -> Result<Success, StorageError> {
        let begin = clock.now
        let outcome = await Result(awaiting: load)
        let succeeded = if case .success = outcome { true } else { false }
        counters.countLoad(succeeded: succeeded, time: clock.now - begin)
        return outcome
    }
}
