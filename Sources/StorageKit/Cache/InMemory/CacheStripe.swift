/// One stripe of an ``InMemoryCache`` as a value: entries, registered loads, barriers, eviction,
/// counters.
///
/// It knows no lock and no clock (`now` is passed in), so the cache protocol can be explored in
/// tests by copying it. ``Cache`` and its refinements have the contract; here is how it is kept.
///
/// * A key's registered load is its ticket, the next number of the stripe's counter. The number is
///   the generation of design section 5: invalidating a key forgets the ticket, a later load gets a
///   higher number, and no number comes twice. So nothing has to be kept for keys that have neither
///   an entry nor a load.
/// * A registration whose owner vanished would keep its key empty for ever. It can be taken over
///   when it is older than `leaseTime`, and such registrations are swept when they pile up.
/// * A *refresh* is a registered load of a key that has an entry. The entry is a hit for others
///   until the load has published.
/// * A *barrier* lists the writers of a key. While one of them is at work the key has neither entry
///   nor load.
/// * A *floor* is the version below which a key is not filled.
/// * *Clearings* of tags are numbered. An entry, a load and a barrier know how many there had been
///   when they began, a tag knows the number of its last one.
/// * Removed entries are put in `removed` for the caller to report and destroy outside the lock: a
///   listener and a value's `deinit` are foreign code.
///
/// ## Memory
///
/// Entries are bounded by capacity and weight, pins by the capacity. Loads and barriers are as many
/// as are under way, and those of vanished owners are swept. Floors and tags have limits of their
/// own; beyond them the stripe does less than it could and nothing wrong.
///
/// Every call takes constant time, amortised, but for ``removeAll()``.
@usableFromInline
struct CacheStripe<Key: Hashable & Sendable, Value: Sendable, Policy: EvictionPolicy>: Sendable {
    @usableFromInline
    typealias Ticket = InMemoryCache<Key, Value>.Ticket
    @usableFromInline
    typealias Barrier = InMemoryCache<Key, Value>.Barrier
    @usableFromInline
    typealias Removal = CacheRemoval<Key, Value>

    @usableFromInline
    struct Registration: Sendable {
        @usableFromInline
        let ticket: Ticket
        @usableFromInline
        let deadline: Duration
        @usableFromInline
        let clearings: UInt64

        @inlinable
        init(ticket: Ticket, deadline: Duration, clearings: UInt64) {
            self.ticket = ticket
            self.deadline = deadline
            self.clearings = clearings
        }
    }

    @usableFromInline
    let limits: CacheStripeLimits

    // MARK: Entries

    @usableFromInline
    var index: [HashedKey<Key>: Int] = [:]
    @usableFromInline
    var slots: [StoredEntry<Key, Value>?] = []
    /// What changes of the entries, by slot.
    @usableFromInline
    var marks: [SlotMarks] = []
    @usableFromInline
    var free: [Int] = []
    @usableFromInline
    var policy: Policy
    /// What the entries weigh together.
    @usableFromInline
    var weight = 0
    /// What the pinned ones of them weigh.
    @usableFromInline
    var pinnedWeight = 0
    /// The keys whose entries are not evicted, whether or not they have one.
    @usableFromInline
    var pins: Set<HashedKey<Key>> = []

    // MARK: Loads and writes

    @usableFromInline
    var loads: [HashedKey<Key>: Registration] = [:]
    @usableFromInline
    var loadSweep = SweepThreshold()
    @usableFromInline
    var barriers: [HashedKey<Key>: BarrierRecord] = [:]
    @usableFromInline
    var barrierSweep = SweepThreshold()
    /// The number of the ticket or barrier that was given last.
    @usableFromInline
    var lastNumber: UInt64 = 0

    // MARK: What is remembered of the past

    @usableFromInline
    var floors: [HashedKey<Key>: VersionFloor] = [:]
    @usableFromInline
    var floorSweep = SweepThreshold()
    /// Until when nothing is filled, because there were more floors than the stripe remembers.
    @usableFromInline
    var closedUntil: Duration?
    /// How often tags were cleared.
    @usableFromInline
    var clearings: UInt64 = 0
    /// The number of each tag's last clearing.
    @usableFromInline
    var clearedTags: [CacheTag: UInt64] = [:]

    @usableFromInline
    var statistics = CacheStatistics()

    /// Entries that were removed and not reported and destroyed yet, in the order they went.
    @usableFromInline
    var removed: [Removal] = []

    @inlinable
    init(limits: CacheStripeLimits) {
        self.limits = limits
        policy = Policy(capacity: limits.capacity)
    }

    var count: Int { index.count }
    var loadCount: Int { loads.count }

    /// The entry under the key, expired or not, without counting; for tests.
    func entry(of key: HashedKey<Key>) -> StoredEntry<Key, Value>? {
        index[key].flatMap { slots[$0] }
    }

    /// The ticket of the key's registered load; for tests.
    func ticket(of key: HashedKey<Key>) -> Ticket? { loads[key]?.ticket }
}
