/// One stripe of an ``InMemoryCache`` as a value: entries, registered loads, eviction, counters.
///
/// It knows no lock and no clock (`now` is passed in), so the cache protocol can be explored in
/// tests by copying it. ``Cache`` has the contract; here is how it is kept.
///
/// * A key's registered load is its ticket, the next number of the stripe's counter. The number is
///   the generation of design section 5: invalidating a key forgets the ticket, a later load gets a
///   higher number, and no number comes twice. So nothing has to be kept for keys that have neither
///   an entry nor a load, and memory is bounded by the capacity and the number of loads under way.
/// * A registration whose owner vanished would keep its key empty for ever. It can be taken over
///   when it is older than `leaseTime`, and such registrations are swept when they pile up.
/// * Removed entries are put in `removed` for the caller to destroy outside the lock: a value's
///   `deinit` is foreign code.
///
/// Every call takes constant time, amortised.
@usableFromInline
struct CacheStripe<Key: Hashable & Sendable, Value: Sendable, Policy: EvictionPolicy>: Sendable {
    @usableFromInline
    typealias Ticket = InMemoryCache<Key, Value>.Ticket

    /// An entry and when it ends.
    @usableFromInline
    struct Entry: Sendable {
        @usableFromInline
        let key: HashedKey<Key>
        @usableFromInline
        let value: Value?
        @usableFromInline
        let deadline: Duration?

        @inlinable
        init(key: HashedKey<Key>, value: Value?, deadline: Duration?) {
            self.key = key
            self.value = value
            self.deadline = deadline
        }
    }

    @usableFromInline
    struct Registration: Sendable {
        @usableFromInline
        let ticket: Ticket
        @usableFromInline
        let deadline: Duration

        @inlinable
        init(ticket: Ticket, deadline: Duration) {
            self.ticket = ticket
            self.deadline = deadline
        }
    }

    @usableFromInline
    let capacity: Int
    @usableFromInline
    let leaseTime: Duration
    @usableFromInline
    var index: [HashedKey<Key>: Int] = [:]
    @usableFromInline
    var slots: [Entry?] = []
    @usableFromInline
    var free: [Int] = []
    @usableFromInline
    var policy: Policy
    @usableFromInline
    var loads: [HashedKey<Key>: Registration] = [:]
    @usableFromInline
    var lastTicket: UInt64 = 0
    @usableFromInline
    var sweepThreshold = 64
    @usableFromInline
    var statistics = CacheStatistics()

    /// Entries that were removed and not destroyed yet.
    @usableFromInline
    var removed: [Entry] = []

    @inlinable
    init(capacity: Int, leaseTime: Duration) {
        self.capacity = capacity
        self.leaseTime = leaseTime
        policy = Policy(capacity: capacity)
    }

    var count: Int { index.count }
    var loadCount: Int { loads.count }

    /// The entry under the key, expired or not, without counting; for tests.
    func entry(of key: HashedKey<Key>) -> Entry? { index[key].flatMap { slots[$0] } }

    /// The ticket of the key's registered load; for tests.
    func ticket(of key: HashedKey<Key>) -> Ticket? { loads[key]?.ticket }
}

// MARK: The cache protocol

extension CacheStripe {
    @inlinable
    mutating func get(_ key: HashedKey<Key>, now: Duration) -> CacheEntry<Value>? {
        let entry = lookUp(key, now: now)
        if entry == nil { statistics.misses += 1 } else { statistics.hits += 1 }
        return entry
    }

    @inlinable
    mutating func beginLoad(
        _ key: HashedKey<Key>, unlessFreshFor demanded: Duration? = .zero, now: Duration
    ) -> CacheLookup<Value, Ticket> {
        if let entry = lookUp(key, now: now), entry.isFresh(for: demanded) { return .hit(entry) }
        if capacity == 0 { return .bypass(.closed) }
        if let load = loads[key], now < load.deadline { return .bypass(.loading) }
        return .load(register(key, now: now))
    }

    @inlinable
    mutating func publish(
        _ entry: CacheEntry<Value>, for key: HashedKey<Key>, ticket: Ticket, now: Duration
    ) -> Bool {
        guard end(key, ticket) else {
            statistics.rejectedFills += 1
            return false
        }
        // What is never a hit must not take the place of what may be one.
        if let timeToLive = entry.timeToLive, timeToLive <= .zero { return false }
        let deadline = entry.timeToLive.map { now + $0 }
        store(Entry(key: key, value: entry.value, deadline: deadline))
        statistics.published += 1
        return true
    }

    @inlinable
    mutating func abandonLoad(_ key: HashedKey<Key>, ticket: Ticket) { _ = end(key, ticket) }

    @inlinable
    mutating func invalidate(_ key: HashedKey<Key>) {
        statistics.invalidations += 1
        loads[key] = nil
        if let slot = index[key] { remove(slot) }
    }

    @inlinable
    mutating func removeAll() {
        loads.removeAll()
        statistics.invalidations += index.count
        for slot in index.values { remove(slot) }
    }
}
