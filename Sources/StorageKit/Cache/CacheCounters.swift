internal import Synchronization

/// The counters of a cache's readers: touched on a miss, never on a hit.
@usableFromInline
final class CacheCounters: Sendable {
    private let joined = Atomic(0)
    private let loads = Atomic(0)
    private let loadFailures = Atomic(0)
    private let loadNanoseconds = Atomic<Int64>(0)
    private let cacheErrors = Atomic(0)
    private let failedInvalidations = Atomic(0)

    @usableFromInline
    func countJoined(_ count: Int) { joined.add(count, ordering: .relaxed) }

    @usableFromInline
    func countLoad(succeeded: Bool, time: Duration) {
        loads.add(1, ordering: .relaxed)
        if !succeeded { loadFailures.add(1, ordering: .relaxed) }
        // A clock of a test may jump by ages: a year at most, so that the sum stays a number.
        let counted = min(time, .seconds(365 * 86_400))
        loadNanoseconds.wrappingAdd(counted.nanoseconds, ordering: .relaxed)
    }

    /// Counts a cache that failed; a call that ended with its task is no failure of the cache.
    @usableFromInline
    func countCacheError(_ error: StorageError) {
        guard error.code != .cancelled else { return }
        cacheErrors.add(1, ordering: .relaxed)
    }

    @usableFromInline
    func countFailedInvalidation() { failedInvalidations.add(1, ordering: .relaxed) }

    var statistics: CacheStatistics {
        var statistics = CacheStatistics()
        statistics.joined = joined.load(ordering: .relaxed)
        statistics.loads = loads.load(ordering: .relaxed)
        statistics.loadFailures = loadFailures.load(ordering: .relaxed)
        statistics.loadTime = .nanoseconds(loadNanoseconds.load(ordering: .relaxed))
        statistics.cacheErrors = cacheErrors.load(ordering: .relaxed)
        statistics.failedInvalidations = failedInvalidations.load(ordering: .relaxed)
        return statistics
    }
}
