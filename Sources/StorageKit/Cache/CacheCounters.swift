public import Synchronization

/// The counters of a cache's readers: touched on a miss, never on a hit that is fresh.
///
/// One lock and not an atomic for each: a load costs far more, and a snapshot is of one moment.
@usableFromInline
final class CacheCounters: Sendable {
    @usableFromInline
    let counts = Mutex(CacheStatistics())
    @usableFromInline
    let observation = CacheObservation()

    @usableFromInline
    init() {}

    @inlinable
    func count(_ change: (inout CacheStatistics) -> Void) { counts.withLock { change(&$0) } }

    @usableFromInline
    func countJoined(_ count: Int) {
        guard count > 0 else { return }
        self.count { $0.joined += count }
    }

    @usableFromInline
    func countLoad(succeeded: Bool, time: Duration) {
        // A clock of a test may jump by ages: a year at most, so that the sum stays a number.
        let counted = min(time, .seconds(365 * 86_400))
        count {
            $0.loads += 1
            if !succeeded { $0.loadFailures += 1 }
            $0.loadTime += counted
        }
    }

    /// Counts a cache that failed; a call that ended with its task is no failure of the cache.
    @usableFromInline
    func countCacheError(_ error: StorageError) {
        guard error.code != .cancelled else { return }
        count { $0.cacheErrors += 1 }
        observation.tell(.cacheFailed(error))
    }

    var statistics: CacheStatistics { counts.withLock { $0 } }
}
