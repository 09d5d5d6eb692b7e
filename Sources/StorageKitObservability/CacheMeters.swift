internal import Metrics
internal import StorageKit

/// The counters and timers of one cache, made once.
struct CacheMeters: Sendable {
    /// A counter for calls that went well, and one for the others.
    private struct Pair: Sendable {
        let good: Counter
        let bad: Counter
    }

    /// Counters of what can happen to keys, to tags, and to all of a cache.
    private struct Extent: Sendable {
        let keys: Counter
        let tags: Counter
        let clearings: Counter
    }

    private let cache: String
    private let factory: any MetricsFactory
    private let hits: Counter
    private let staleHits: Counter
    private let misses: Counter
    private let loadedKeys: Pair
    private let loadTime: Timer
    private let failedLoadTime: Timer
    private let fills: Pair
    private let invalidated: Extent
    private let doubted: Extent

    init(cache: String, factory: any MetricsFactory) {
        func counter(_ label: String, _ outcome: String? = nil) -> Counter {
            Counter(
                label: "storagekit_cache_" + label,
                dimensions: Self.dimensions(cache, "outcome", outcome), factory: factory)
        }
        func extent(_ what: String) -> Extent {
            Extent(
                keys: counter(what + "_keys"), tags: counter(what + "_tags"),
                clearings: counter(what + "_clearings"))
        }
        func timer(_ outcome: String) -> Timer {
            Timer(
                label: "storagekit_cache_load_seconds",
                dimensions: Self.dimensions(cache, "outcome", outcome), factory: factory)
        }
        self.cache = cache
        self.factory = factory
        hits = counter("lookups", "hit")
        staleHits = counter("lookups", "stale")
        misses = counter("lookups", "miss")
        loadedKeys = Pair(
            good: counter("load_keys", "success"), bad: counter("load_keys", "failure"))
        loadTime = timer("success")
        failedLoadTime = timer("failure")
        fills = Pair(good: counter("fills", "stored"), bad: counter("fills", "rejected"))
        invalidated = extent("invalidated")
        doubted = extent("doubted")
    }

    func count(_ event: CacheEvent) {
        switch event {
        case .hits(let count): hits.increment(by: count)
        case .staleHits(let count): staleHits.increment(by: count)
        case .misses(let count): misses.increment(by: count)
        case .loadBegan: break
        case .loadEnded(let keys, let time, let error): countLoad(keys, time, error)
        case .filled(let stored, let rejected):
            fills.good.increment(by: stored)
            fills.bad.increment(by: rejected)
        case .invalidated(let keys): invalidated.keys.increment(by: keys)
        case .invalidatedTags(let count): invalidated.tags.increment(by: count)
        case .invalidatedAll: invalidated.clearings.increment()
        case .doubted(let keys): doubted.keys.increment(by: keys)
        case .doubtedTags(let count): doubted.tags.increment(by: count)
        case .doubtedAll: doubted.clearings.increment()
        case .cacheFailed(let error): countFailure(error)
        }
    }

    private func countLoad(_ keys: Int, _ time: Duration, _ error: StorageError?) {
        (error == nil ? loadedKeys.good : loadedKeys.bad).increment(by: keys)
        (error == nil ? loadTime : failedLoadTime).record(duration: time)
    }

    /// Failures are rare: their counters are made when they come.
    private func countFailure(_ error: StorageError) {
        Counter(
            label: "storagekit_cache_errors",
            dimensions: Self.dimensions(cache, "code", error.code.rawValue), factory: factory
        ).increment()
    }

    private static func dimensions(
        _ cache: String, _ name: String, _ value: String?
    ) -> [(String, String)] {
        [("cache", cache)] + (value.map { [(name, $0)] } ?? [])
    }
}
