public import StorageKit

/// A key-value store in the memory of this process: the whole family, and its reference.
///
/// ```swift
/// let store = InMemoryKeyValueStore()
/// try await store.set("user:1:name", to: "Ana")
/// try await store.sortedSetAdd("scores", ["ana": 120, "ben": 80])
/// ```
///
/// It does what the protocols promise in the strictest way, and what Redis 7 does where they leave
/// something open, so a program that works with it works with a server. Tests give it a clock of
/// their own.
///
/// ## What it promises beyond the protocols
///
/// * **Everything is linearizable**, what concerns several keys included: `getMany` is a snapshot,
///   and an atomic batch, a move or a combination of sets is one step. A pipeline is not: others
///   may come between two of its commands.
/// * **A scan visits once** what is there all the while. Its cursor is good for as long as the
///   store lives.
/// * **Nothing is there for nothing**: no background task, no thread, nothing at start-up. What has
///   vanished is removed by whoever meets it, and each write looks at a few more keys.
///
/// ## What it does not do
///
/// * It survives nothing: when the process ends, all is gone.
/// * It does not bound its memory and evicts nothing. For a cache there is
///   ``StorageKit/InMemoryCache``.
///
/// ## How it is made
///
/// ```
///   key ── hash ──▶ one of 64 stripes, each behind a lock of its own: KeyValueStripe
///                   │
///                   ├─ SlotTable: key ─▶ slot ─▶ what it holds, and when it vanishes
///                   └─ who waits for a list: ListWaiterQueue
/// ```
///
/// A call on one key locks one stripe for as long as the operation takes; it never suspends, except
/// to wait for a list. A call on several keys locks their stripes in ascending order, so there is
/// no deadlock. Removing or reading a large collection holds its stripe for as long as that takes.
public final class InMemoryKeyValueStore: KeyValueStore {
    /// How much one call may carry.
    public let limits: KeyValueLimits

    let stripes: Striped<KeyValueStripe>
    let channels = ChannelHub()
    let subscriptionCapacity: Int
    /// Makes what sleeps until so much time has passed, counted from the making.
    let makeTimer: @Sendable (Duration) -> @Sendable () async throws -> Void
    private let clock: MonotonicReading

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - limits: How much one call may carry, and the resolution of times to live.
    ///   - subscriptionCapacity: How many messages wait in each subscription for its reader before
    ///     the oldest are dropped; at least 1.
    ///   - clock: What times to live and waits are counted by; tests give a manual one.
    public convenience init(
        limits: KeyValueLimits = KeyValueLimits(),
        subscriptionCapacity: Int = 1024,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.init(
            limits: limits, subscriptionCapacity: subscriptionCapacity, clock: clock,
            stripeCount: 64)
    }

    /// Creates an empty store of so many stripes, a power of two.
    init(
        limits: KeyValueLimits, subscriptionCapacity: Int, clock: some Clock<Duration>,
        stripeCount: Int
    ) {
        self.limits = limits
        self.subscriptionCapacity = subscriptionCapacity
        self.clock = MonotonicReading(clock)
        makeTimer = { time in
            let deadline = clock.now.advanced(by: time)
            return { try await clock.sleep(until: deadline, tolerance: nil) }
        }
        stripes = Striped(count: stripeCount) { _ in KeyValueStripe() }
    }

    deinit { channels.finish() }

    /// The time of an operation that begins now.
    var time: OperationTime { OperationTime(clock, resolution: limits.timeToLiveResolution) }
}

extension InMemoryKeyValueStore {
    /// How many keys exist.
    ///
    /// Linear in the number of keys when some of them vanish; no snapshot while others write.
    public var count: Int {
        var (count, time) = (0, time)
        stripes.forEach { count += $0.count(at: &time) }
        return count
    }

    /// Removes every key in one step; those who wait and those who listen go on.
    public func removeAll() {
        withStripes(of: [], all: true) { $0.removeAll() }
    }
}
