/// How much a stripe of an ``InMemoryCache`` keeps and for how long.
@usableFromInline
struct CacheStripeLimits: Sendable {
    /// The largest number of entries.
    @usableFromInline
    var capacity: Int
    /// The largest weight of all entries together.
    @usableFromInline
    var maximumWeight = Int.max
    /// The largest weight of one entry.
    @usableFromInline
    var maximumEntryWeight = Int.max
    /// For how long an entry is kept that nobody looks up; `nil` for no limit.
    @usableFromInline
    var timeToIdle: Duration?
    /// After which time a registered load may be taken over.
    @usableFromInline
    var leaseTime: Duration
    /// The largest number of versions that are remembered for keys without an entry.
    @usableFromInline
    var floors: Int
    /// The largest number of tags whose clearing is remembered.
    @usableFromInline
    var tags: Int

    @usableFromInline
    init(
        capacity: Int, maximumWeight: Int = .max, maximumEntryWeight: Int = .max,
        timeToIdle: Duration? = nil, leaseTime: Duration = .seconds(60), floors: Int = 4096,
        tags: Int = 1024
    ) {
        self.capacity = capacity
        self.maximumWeight = maximumWeight
        self.maximumEntryWeight = maximumEntryWeight
        self.timeToIdle = timeToIdle
        self.leaseTime = leaseTime
        self.floors = floors
        self.tags = tags
    }
}
