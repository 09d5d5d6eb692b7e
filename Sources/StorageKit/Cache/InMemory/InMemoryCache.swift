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

extension InMemoryCache {
    /// The entry under the key, or `nil` when there is none or it has expired.
    @inlinable
    public func get(_ key: Key) -> CacheEntry<Value>? {
        withStripe(of: key) { stripe, key in stripe.get(key, now: clock.now) }
    }

    /// The entries that exist under the keys.
    @inlinable
    public func get(_ keys: [Key]) -> [Key: CacheEntry<Value>] {
        var found: [Key: CacheEntry<Value>] = [:]
        for key in keys { found[key] = get(key) }
        return found
    }

    /// Looks each key up once more and registers a load of it if there is still no entry.
    @inlinable
    public func beginLoads(_ keys: [Key]) -> [Key: CacheLookup<Value, Ticket>] {
        var lookups: [Key: CacheLookup<Value, Ticket>] = [:]
        for key in keys where lookups[key] == nil {
            lookups[key] = withStripe(of: key) { stripe, key in
                stripe.beginLoad(key, now: clock.now)
            }
        }
        return lookups
    }

    /// Stores each entry whose ticket is still the registered one, and ends those loads.
    @discardableResult
    @inlinable
    public func publish(_ fills: [CacheFill<Key, Value, Ticket>]) -> Set<Key> {
        Set(fills.lazy.filter(publish).map { $0.key })
    }

    @inlinable
    func publish(_ fill: CacheFill<Key, Value, Ticket>) -> Bool {
        var entry = fill.entry
        entry.timeToLive = entry.timeToLive ?? timeToLive
        return withStripe(of: fill.key) { stripe, key in
            stripe.publish(entry, for: key, ticket: fill.ticket, now: clock.now)
        }
    }

    /// Ends loads that found nothing to publish, as far as they are still registered.
    @inlinable
    public func abandonLoads(_ tickets: [Key: Ticket]) {
        for (key, ticket) in tickets {
            withStripe(of: key) { stripe, key in stripe.abandonLoad(key, ticket: ticket) }
        }
    }

    /// Removes the entries and the registered loads of the keys, then detaches their running loads.
    @inlinable
    public func invalidate(_ keys: [Key]) {
        for key in keys {
            withStripe(of: key) { stripe, key in stripe.invalidate(key) }
        }
        coordinator.detachLoads(of: keys)
    }

    /// Removes every entry and registered load, then detaches every running load.
    @inlinable
    public func removeAll() {
        removeEntries()
        coordinator.detachAllLoads()
    }

    @inlinable
    func removeEntries() {
        var doomed: [Stripe.Entry] = []
        stripes.forEach { stripe in
            stripe.removeAll()
            doomed += stripe.removed
            stripe.removed = []
        }
    }

    /// Runs the body on the key's stripe, alone, and destroys what it removed after the lock is
    /// free.
    @inlinable
    func withStripe<Result: Sendable>(
        of key: Key, _ body: (inout Stripe, HashedKey<Key>) -> Result
    ) -> Result {
        let key = HashedKey(key)
        var doomed: [Stripe.Entry] = []
        return stripes.withLock(hash: key.hash) { stripe in
            defer { swap(&doomed, &stripe.removed) }
            return body(&stripe, key)
        }
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
