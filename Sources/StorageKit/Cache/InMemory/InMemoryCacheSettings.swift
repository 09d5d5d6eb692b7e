/// What an ``InMemoryCache`` keeps, for how long, and whom it tells.
///
/// ```swift
/// var settings = InMemoryCacheSettings<Int, Page>(capacity: 10_000)
/// settings.maximumWeight = 64 << 20
/// settings.weigher = { _, page in page?.bytes.count ?? 0 }
/// settings.removalListener = { removal in log("\(removal.key): \(removal.cause)") }
/// let pages = InMemoryCache(settings)
/// ```
public struct InMemoryCacheSettings<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// The largest number of entries.
    ///
    /// 0 keeps none: readers still share their loads, and that is all.
    public var capacity: Int

    /// The largest weight of all entries together; `nil` for no limit.
    ///
    /// An entry is too heavy if it is heavier than the whole, less what pinned entries weigh. Such
    /// an entry is not kept, and pushes nobody out. For the sake of this rule a cache with a limit
    /// has one lock in place of many, unless ``maximumEntryWeight`` says how heavy entries get.
    public var maximumWeight: Int?

    /// The largest weight of one entry; `nil` for ``maximumWeight``.
    ///
    /// What is heavier is not kept, and pushes nobody out. With it the weight is divided among as
    /// many locks as can each have room for sixteen of the heaviest entries, so that many threads
    /// can use the cache at once: give it where ``maximumWeight`` is many times as much.
    public var maximumEntryWeight: Int?

    /// What an entry weighs, in whatever unit; `nil` for 1 each.
    ///
    /// It is called once when the entry is stored, outside of all locks. The value is `nil` for the
    /// knowledge that there is none. Below zero counts as zero.
    public var weigher: (@Sendable (Key, Value?) -> Int)?

    /// How long an entry is a hit when its publisher says nothing; zero for never, `nil` for as
    /// long as there is room.
    public var timeToLive: Duration?

    /// For how long an entry is kept that nobody looks up; `nil` for no limit.
    public var timeToIdle: Duration?

    /// Who is told of every entry that leaves.
    ///
    /// Once for each entry, by the call that removed it: on its thread, after the entry is gone and
    /// the lock is free, before the call returns, so it may use the cache. In the order in which
    /// they left, for the entries that one call removed under one lock; calls that overlap tell in
    /// any order, and a newer entry of the key may be there already. An entry that is over leaves
    /// when somebody meets it, not when its time comes. A cache that goes itself tells nobody.
    public var removalListener: (@Sendable (CacheRemoval<Key, Value>) -> Void)?

    /// Creates settings for so many entries, without any other limit.
    @inlinable
    public init(capacity: Int) { self.capacity = capacity }
}
