/// A cache in the memory of this process: bounded, with expiry, safe to use from any task.
///
/// ```swift
/// let cache = InMemoryCache<Int, Todo>(capacity: 10_000, timeToLive: .seconds(60))
/// let todos = CachedRepository(primary: database, cache: cache)
/// ```
///
/// Its functions are plain ones, not asynchronous: none of them waits for anything but a lock that
/// is held for the time of a dictionary lookup. A hit does not allocate. There is no background
/// task: an expired entry is removed when it is looked up, or evicted when room is needed.
///
/// The entries are divided by hash among stripes, each with a lock and an equal share of the
/// capacity, so the total never exceeds ``capacity``. Caches of fewer than 1,024 entries have one
/// stripe and hold exactly as many as they can; in larger ones a stripe can be full a few per cent
/// before the whole is.
///
/// A load that does not end keeps others from filling its key for a minute; then another may.
///
/// Within a stripe ``SievePolicy`` decides what has to go.
public final class InMemoryCache<Key: Hashable & Sendable, Value: Sendable>: Cache {
    /// The proof that a load was registered.
    public struct Ticket: Hashable, Sendable {
        @usableFromInline
        let number: UInt64

        @inlinable
        init(number: UInt64) { self.number = number }
    }

    @usableFromInline
    typealias Stripe = CacheStripe<Key, Value, SievePolicy>

    /// The largest number of entries.
    public let capacity: Int

    /// How long an entry is a hit when its publisher says nothing; `nil` for as long as there is
    /// room.
    public let timeToLive: Duration?

    /// What the readers of this cache share.
    public let coordinator: CacheCoordinator<Key, Value>

    @usableFromInline
    let clock: MonotonicReading
    @usableFromInline
    let stripes: Striped<Stripe>

    /// Creates an empty cache.
    ///
    /// - Parameters:
    ///   - capacity: The largest number of entries. 0 keeps none: readers still share their loads,
    ///     and that is all.
    ///   - timeToLive: How long an entry is a hit when its publisher says nothing; zero for never.
    ///   - clock: What time is read from; tests give a manual one.
    public init(
        capacity: Int,
        timeToLive: Duration? = nil,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        precondition(capacity >= 0, "a cache cannot hold \(capacity) entries")
        self.capacity = capacity
        self.timeToLive = timeToLive
        let reading = MonotonicReading(clock)
        self.clock = reading
        coordinator = CacheCoordinator(reading: reading)
        let count = Self.stripeCount(capacity: capacity)
        stripes = Striped(count: count) { index in
            Stripe(
                capacity: capacity / count + (index < capacity % count ? 1 : 0),
                leaseTime: .seconds(60))
        }
    }

    /// At most 64 stripes, of at least 512 entries each: unevenness grows as a share of a small
    /// stripe.
    private static func stripeCount(capacity: Int) -> Int {
        var count = 1
        while count < 64, capacity / (2 * count) >= 512 { count *= 2 }
        return count
    }
}

extension InMemoryCache {
    /// The number of entries, expired ones that nobody looked up since included.
    public var count: Int {
        var count = 0
        stripes.forEach { count += $0.count }
        return count
    }

    /// What has happened so far.
    public var statistics: CacheStatistics {
        var total = coordinator.statistics
        stripes.forEach { total.add($0.statistics) }
        return total
    }

    /// The number of loads that are registered; for tests.
    var loadCount: Int {
        var count = 0
        stripes.forEach { count += $0.loadCount }
        return count
    }
}

extension CacheStatistics {
    /// Adds the counts that a stripe keeps.
    @inlinable
    mutating func add(_ stripe: CacheStatistics) {
        hits += stripe.hits
        misses += stripe.misses
        published += stripe.published
        rejectedFills += stripe.rejectedFills
        evictions += stripe.evictions
        expirations += stripe.expirations
        invalidations += stripe.invalidations
    }
}
