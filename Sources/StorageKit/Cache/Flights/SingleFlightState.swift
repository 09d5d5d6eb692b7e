/// The loads that are running and who waits for them, as a value: events go in, actions come out.
///
/// ## Why it is written like this
///
/// Single flight ("if somebody is asking already, wait for their answer") is a dozen lines until a
/// waiter can be cancelled, the load can end before the waiter has gone to sleep, and an
/// invalidation can forbid joining. So the decisions are here, without a lock, a task or a
/// continuation, and tests drive them through every order of events. ``SingleFlight`` holds one per
/// stripe under a lock and carries out the actions after it has let go of the lock.
///
/// ## A flight
///
/// ```
///               first join              last waiter leaves: abandon(load)
///   (no flight) ──────────▶ joinable ──────────────────────────────────────▶ (gone)
///                              │ detach                                        ▲
///                              ▼             finish: its waiters are resumed   │
///                           detached ──────────────────────────────────────────┘
/// ```
///
/// A joinable flight can finish without being detached, and a detached one can be abandoned. At
/// most one flight of a key is joinable; any number of older ones may be on their way for those who
/// boarded before an invalidation.
///
/// A *kept* flight is not abandoned when it is empty: one that was launched without passengers, to
/// refresh an entry, or one that somebody has left who did not want to wait any longer.
///
/// ## A seat
///
/// ```
///   join ─▶ reserved ──wait──▶ waiting ──finish──▶ resume(outcome)
///             │  │                │
///             │  └─finish─▶ arrived(outcome) ──wait──▶ resume(outcome)
///             └──leave──▶ (gone) ◀──leave──┘           (wait on a seat that is gone: cancelled)
/// ```
///
/// A seat is reserved before its holder sleeps. That gives a load the chance to end at once, on the
/// leader's own thread, and lets a cancellation that comes early find what it has to cancel.
///
/// Every waiter given to ``wait(_:as:)`` comes back exactly once: at once, from ``finish(_:with:)``
/// or from ``leave(_:)``. All events take constant time, except that `finish` sorts its waiters.
///
/// The idea of the shared call is that of Go's `singleflight` package (there `Forget` is what is
/// here ``detach(_:)``), and before it of Facebook's leases: Nishtala et al., "Scaling Memcache at
/// Facebook", NSDI 2013, section 3.2.1.
@usableFromInline
struct SingleFlightState<Key: Hashable & Sendable, Outcome: Sendable, Waiter: Sendable, Load>:
    Sendable
where Load: Sendable {
    /// A flight, unique in this state for ever.
    @usableFromInline
    struct FlightID: Hashable, Sendable {
        @usableFromInline
        let number: UInt64

        @inlinable
        init(number: UInt64) { self.number = number }
    }

    /// A place in a flight, unique in this state for ever.
    @usableFromInline
    struct Seat: Hashable, Sendable {
        @usableFromInline
        let flight: FlightID
        @usableFromInline
        let number: UInt64
        /// Whether its holder must start the load.
        @usableFromInline
        let isLeader: Bool

        @inlinable
        init(flight: FlightID, number: UInt64, isLeader: Bool) {
            self.flight = flight
            self.number = number
            self.isLeader = isLeader
        }
    }

    @usableFromInline
    struct Flight: Sendable {
        @usableFromInline
        let key: Key
        @usableFromInline
        let load: Load
        /// By seat; `nil` while the holder is not asleep yet.
        @usableFromInline
        var waiters: [UInt64: Waiter?]
        /// Whether it goes on without anybody in it.
        @usableFromInline
        var isKept = false

        @inlinable
        init(key: Key, load: Load, waiters: [UInt64: Waiter?] = [:]) {
            self.key = key
            self.load = load
            self.waiters = waiters
        }
    }

    @usableFromInline
    var joinable: [Key: FlightID] = [:]
    @usableFromInline
    var flights: [FlightID: Flight] = [:]
    @usableFromInline
    var arrived: [Seat: Outcome] = [:]
    @usableFromInline
    var lastNumber: UInt64 = 0

    @inlinable
    init() {}
}
