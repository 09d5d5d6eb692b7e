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
/// ## How much it holds
///
/// The entries are divided by hash among stripes, each with a lock and an equal share of the
/// capacity and the weight, so the totals never exceed ``capacity`` and
/// ``InMemoryCacheSettings/maximumWeight``. Caches of fewer than 1,024 entries, and those with a
/// maximum weight but no ``InMemoryCacheSettings/maximumEntryWeight``, have one stripe and hold
/// exactly as many as they can; in others a stripe can be full a few per cent before the whole is.
/// Within a stripe ``Clock2QPolicy`` decides what has to go.
///
/// Entries under a pinned key never have to (``pin(_:)``). Where pinned entries have taken all of
/// a stripe's room, others are not kept there.
///
/// ## Loads, writes and versions
///
/// A load that does not end keeps others from filling its key for a minute; then another may. It
/// may publish later all the same, if no other did.
///
/// Of the versions that ``recordWrites(_:refusingOlderFor:)`` tells it remembers 4,096 in a
/// stripe. When there are more, a stripe forgets them and is not filled until the last one would
/// have been over: slower, not wrong. Of tags that were cleared it remembers 1,024, and clears a
/// whole stripe when there are more.
///
/// Entries whose tag was cleared are removed when they are met. Until then they count.
public final class InMemoryCache<Key: Hashable & Sendable, Value: Sendable>: Cache {
    /// The proof that a load was registered.
    public struct Ticket: Hashable, Sendable {
        @usableFromInline
        let number: UInt64

        @inlinable
        init(number: UInt64) { self.number = number }
    }

    /// The proof that a barrier was set.
    public struct Barrier: Hashable, Sendable {
        @usableFromInline
        let number: UInt64

        @inlinable
        init(number: UInt64) { self.number = number }
    }

    @usableFromInline
    typealias Stripe = CacheStripe<Key, Value, Clock2QPolicy>

    /// What it was made with.
    public let settings: InMemoryCacheSettings<Key, Value>

    /// What the readers of this cache share.
    public let coordinator: CacheCoordinator<Key, Value>

    @usableFromInline
    let clock: MonotonicReading
    @usableFromInline
    let stripes: Striped<Stripe>

    /// Creates an empty cache.
    ///
    /// - Parameters:
    ///   - settings: What it keeps; neither the capacity nor a weight may be below zero.
    ///   - clock: What time is read from; tests give a manual one.
    public init(
        _ settings: InMemoryCacheSettings<Key, Value>,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        let capacity = settings.capacity
        let maximumWeight = settings.maximumWeight ?? .max
        let maximumEntryWeight = settings.maximumEntryWeight ?? .max
        precondition(capacity >= 0, "a cache cannot hold \(capacity) entries")
        precondition(maximumWeight >= 0, "entries cannot weigh \(maximumWeight) together")
        precondition(maximumEntryWeight >= 0, "an entry cannot weigh \(maximumEntryWeight)")
        self.settings = settings
        let reading = MonotonicReading(clock)
        self.clock = reading
        coordinator = CacheCoordinator(reading: reading)
        let count = Self.stripeCount(for: settings)
        stripes = Striped(count: count) { index in
            Stripe(
                limits: CacheStripeLimits(
                    capacity: Self.share(of: capacity, among: count, index),
                    maximumWeight: settings.maximumWeight.map {
                        Self.share(of: $0, among: count, index)
                    } ?? .max,
                    maximumEntryWeight: maximumEntryWeight, timeToIdle: settings.timeToIdle))
        }
    }

    /// Creates an empty cache of so many entries.
    ///
    /// - Parameters:
    ///   - capacity: The largest number of entries. 0 keeps none: readers still share their loads,
    ///     and that is all.
    ///   - timeToLive: How long an entry is a hit when its publisher says nothing; zero for never.
    ///   - clock: What time is read from; tests give a manual one.
    public convenience init(
        capacity: Int,
        timeToLive: Duration? = nil,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        var settings = InMemoryCacheSettings<Key, Value>(capacity: capacity)
        settings.timeToLive = timeToLive
        self.init(settings, clock: clock)
    }

    /// At most 64 stripes, of at least 512 entries each and the weight of sixteen of the heaviest:
    /// unevenness grows as a share of a small stripe.
    private static func stripeCount(for settings: InMemoryCacheSettings<Key, Value>) -> Int {
        var count = 1
        while count < 64, settings.capacity / (2 * count) >= 512,
            holdsHeaviest(settings, inEachOf: 2 * count)
        { count *= 2 }
        return count
    }

    private static func holdsHeaviest(
        _ settings: InMemoryCacheSettings<Key, Value>, inEachOf count: Int
    ) -> Bool {
        guard let weight = settings.maximumWeight else { return true }
        guard let heaviest = settings.maximumEntryWeight else { return false }
        return weight / count / 16 >= heaviest
    }

    /// What one of so many stripes gets of a whole, which the shares of all add up to.
    private static func share(of whole: Int, among count: Int, _ index: Int) -> Int {
        whole / count + (index < whole % count ? 1 : 0)
    }
}

extension InMemoryCache {
    /// The largest number of entries.
    public var capacity: Int { settings.capacity }

    /// How long an entry is a hit when its publisher says nothing; `nil` for as long as there is
    /// room.
    @inlinable
    public var timeToLive: Duration? { settings.timeToLive }

    /// The number of entries, those included that are over and were not met since.
    public var count: Int { sum { $0.count } }

    /// What the entries weigh together, counted as ``count`` counts them.
    public var weight: Int { sum { $0.weight } }

    /// What has happened so far.
    public var statistics: CacheStatistics {
        var total = coordinator.statistics
        stripes.forEach { total.add($0.statistics) }
        return total
    }

    /// The number of loads that are registered; for tests.
    var loadCount: Int { sum { $0.loadCount } }

    private func sum(_ part: (Stripe) -> Int) -> Int {
        var sum = 0
        stripes.forEach { sum += part($0) }
        return sum
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
        idleRemovals += stripe.idleRemovals
        replacements += stripe.replacements
        refusedEntries += stripe.refusedEntries
        invalidations += stripe.invalidations
    }
}
