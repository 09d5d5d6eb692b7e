/// Loads that lookups have registered and that nobody has begun yet; see
/// ``SharedCacheLookupMode/leaseOnRead``.
///
/// A token is given out once: two loads with one would be the mistake that tokens are there to
/// prevent. It is good until its lease is over, counted from before the lookup was sent. There are
/// `limit` of them at the most, and the one held longest goes first; its key then waits for the end
/// of the lease, and nothing worse.
struct HeldLeases: Sendable {
    private struct Lease: Sendable {
        let token: SharedCacheToken
        let end: Duration
        let number: UInt64
    }

    private var leases: [ByteString: Lease] = [:]
    /// In the order they were held, from `first` on; some are gone already.
    private var order: [(key: ByteString, number: UInt64)] = []
    private var first = 0
    private var lastNumber: UInt64 = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var count: Int { leases.count }

    /// Keeps a lease, in constant time, amortised.
    mutating func hold(_ claim: SharedCacheClaim, until end: Duration) {
        guard limit > 0 else { return }
        lastNumber += 1
        leases[claim.key] = Lease(token: claim.token, end: end, number: lastNumber)
        order.append((claim.key, lastNumber))
        while leases.count > limit { dropFirst() }
        // Half of it is gone already: worth its time, and the order is as short as the leases.
        if order.count / 2 > leases.count { compact() }
    }

    /// Gives out the key's lease, if there is one that is not over.
    mutating func take(_ key: ByteString, now: Duration) -> SharedCacheToken? {
        guard let lease = leases.removeValue(forKey: key), now < lease.end else { return nil }
        return lease.token
    }

    /// Forgets the leases of keys that were invalidated: their tokens are torn.
    mutating func drop(_ keys: [ByteString]) {
        for key in keys { leases[key] = nil }
    }

    mutating func dropAll() {
        leases = [:]
        order = []
        first = 0
    }

    private mutating func dropFirst() {
        let (key, number) = order[first]
        first += 1
        if leases[key]?.number == number { leases[key] = nil }
    }

    private mutating func compact() {
        order = order[first...].filter { leases[$0.key]?.number == $0.number }
        first = 0
    }
}
