/// A cache of this process in front of one that several processes share.
///
/// ```swift
/// let memory = InMemoryCache<String, Todo>(capacity: 10_000)
/// let cache = TieredCache(local: memory, shared: shared, bound: .seconds(1))
/// let todos = CachedRepository(primary: database, cache: cache, namespace: "todo")
/// ```
///
/// A local hit costs no round trip, no suspension and no allocation. A local miss asks the shared
/// tier, once for all keys of a batch, and fills the local one.
///
/// ## What is promised
///
/// Of an invalidation made through this cache everything that ``Cache`` says, for readers of this
/// cache. For readers of another process, over the same shared cache, the same **except for the
/// time of ``bound``: no local hit is older than what was acknowledged `bound` before it**,
/// whatever the network does. Usually it is the time that a message takes.
///
/// How: every invalidation is told on a channel; each process sends itself a beat on it and
/// believes its local tier only until `bound` after the sending of the newest beat that came back.
/// The channel keeps order, so a beat that came back proves that everything told before it was
/// heard. Whenever messages may have been lost, the local tier is emptied. Until the first beat
/// came back, and whenever they stay away, the shared tier is asked: slower, not wrong.
///
/// Clocks of different machines are never compared.
///
/// ## Who tells
///
/// A shared cache that is an ``AnnouncingCache``, as every ``SharedCache`` is, tells of what it
/// removes by itself: take that where you can. In Redis it is one step, so nobody can die between
/// the two, it costs no round trip, and what others invalidate without two tiers is told too.
///
/// Over any other cache this one tells, on a channel that it is given, after the shared tier has
/// removed. A process that dies in between has acknowledged nothing, and so broken no promise, but
/// other processes never hear of it: **they may serve the old entry locally for ``timeToLive``**.
/// So that has a default there. Telling before the removal as well would not help: who has heard
/// of it would fill his local tier again, from a shared one that still has the old entry.
///
/// ## How a fill is kept from being stale
///
/// The load is registered in the local tier *before* the shared tier is asked, on every path, and
/// what tears the registration is an invalidation, own or heard. A ticket is both tiers' tickets;
/// what the shared tier refuses is not kept locally. An invalidation goes to the shared tier first,
/// is told, then removes the local entries, then detaches the flights: in another order a reader
/// could fill the local tier, in between, from the shared one.
///
/// An entry lives locally for ``timeToLive`` or for what is left of it in the shared tier,
/// whichever is less, and keeps its freshness and its version. What is published without a time to
/// live comes to the local tier with its next reader, who learns the shared tier's default.
///
/// ## What is not promised
///
/// * Strict writes. Other processes' local tiers hear of a barrier only when the message arrives,
///   so this is no ``BarrierCache`` even when both tiers are.
/// * That a load that was begun in another process before an invalidation is not joined there until
///   its message arrives.
/// * That what a program removes from the shared tier without telling it on the channel is removed
///   locally before it expires: give entries a time to live.
///
/// ## What runs when
///
/// Nothing before the first read. From then on a task listens, and sends a beat four times in each
/// `bound`; it ends when the cache is released.
public final class TieredCache<Local: Cache, Shared: Cache>: Cache
where Local.Key == Shared.Key, Local.Value == Shared.Value {
    /// What an entry is found by.
    public typealias Key = Shared.Key
    /// What is cached.
    public typealias Value = Shared.Value

    /// The proof that a load was registered: that of the shared tier, and of the local one if it
    /// has one.
    public struct Ticket: Sendable {
        @usableFromInline
        let shared: Shared.Ticket
        @usableFromInline
        let local: Local.Ticket?

        @inlinable
        init(shared: Shared.Ticket, local: Local.Ticket?) {
            self.shared = shared
            self.local = local
        }
    }

    /// The tier in this process; nobody else may use it.
    public let local: Local
    /// The tier that others use too.
    public let shared: Shared
    /// How old a local hit can be: see the type.
    public let bound: Duration
    /// The longest time that an entry lives in the local tier; `nil` for as long as in the shared
    /// one.
    public let timeToLive: Duration?
    /// What the readers of this cache share; neither tier's own is used.
    public let coordinator: CacheCoordinator<Shared.Key, Shared.Value>

    @usableFromInline
    let trust = LocalTrust()
    @usableFromInline
    let underWay = InvalidationsUnderWay<Shared.Key>()
    @usableFromInline
    let clock: MonotonicReading
    /// Begins to listen, if that has not begun; it holds the listener.
    @usableFromInline
    let startListening: @Sendable () -> Void
    /// Tells the others; `nil` when the shared tier does.
    @usableFromInline
    let tell: (@Sendable (CacheMessage<Shared.Key>.Content) async throws(StorageError) -> Void)?

    /// Creates a cache of two tiers that tells of its invalidations on a channel.
    ///
    /// For a shared cache that does not tell by itself; all processes over it use the same channel.
    ///
    /// - Parameters:
    ///   - local: The tier in this process; nobody else may use it.
    ///   - shared: The tier that others use too.
    ///   - channel: Where invalidations are told.
    ///   - bound: How old a local hit can be. Beats are sent four times as often.
    ///   - timeToLive: The longest time that an entry lives in the local tier, and so outlives its
    ///     removal by a process that died before it told; `nil` for as long as in the shared one.
    ///   - clock: What time is read from; tests give a manual one.
    public convenience init<Channel: CacheInvalidationChannel>(
        local: Local, shared: Shared, channel: Channel, bound: Duration = .seconds(1),
        timeToLive: Duration? = .seconds(60), clock: some Clock<Duration> = ContinuousClock()
    ) where Channel.Key == Shared.Key {
        self.init(
            local: local, shared: shared, channel: channel, isTelling: true, bound: bound,
            timeToLive: timeToLive, clock: SleepingClock(clock))
    }

    init<Channel: CacheInvalidationChannel>(
        local: Local, shared: Shared, channel: Channel, isTelling: Bool, bound: Duration,
        timeToLive: Duration?, clock: SleepingClock
    ) where Channel.Key == Shared.Key {
        precondition(bound > .zero, "a bound of \(bound) would never trust the local tier")
        self.local = local
        self.shared = shared
        self.bound = bound
        self.timeToLive = timeToLive
        self.clock = clock.reading
        coordinator = CacheCoordinator(reading: clock.reading, isShared: true)
        var generator = SystemRandomNumberGenerator()
        let sender = CacheSender.random(using: &generator)
        let listener = InvalidationListener(
            InvalidationWorker(
                local: local, channel: channel, coordinator: coordinator, trust: trust,
                state: InvalidationListenerState(sender: sender, bound: bound.countable),
                clock: clock))
        startListening = { listener.start() }
        guard isTelling else {
            tell = nil
            return
        }
        tell = { content async throws(StorageError) in
            try await channel.send(CacheMessage(sender: sender, content: content))
        }
    }
}

extension TieredCache where Shared: AnnouncingCache {
    /// Creates a cache of two tiers whose shared one tells of its invalidations itself.
    ///
    /// - Parameters:
    ///   - local: The tier in this process; nobody else may use it.
    ///   - shared: The tier that others use too.
    ///   - bound: How old a local hit can be. Beats are sent four times as often.
    ///   - timeToLive: The longest time that an entry lives in the local tier; `nil` for as long as
    ///     in the shared one.
    ///   - clock: What time is read from; tests give a manual one.
    public convenience init(
        local: Local, shared: Shared, bound: Duration = .seconds(1), timeToLive: Duration? = nil,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.init(
            local: local, shared: shared, channel: shared.invalidations, isTelling: false,
            bound: bound, timeToLive: timeToLive, clock: SleepingClock(clock))
    }
}

extension TieredCache {
    /// Whether local entries are believed at this moment; otherwise the shared tier is asked.
    public var isLocalTrusted: Bool { trust.holds(at: clock.now) }

    /// What both tiers have done, as one cache.
    ///
    /// A hit is one of either tier, a miss one of the shared tier; ``local`` and ``shared`` have
    /// their own counts.
    public var statistics: CacheStatistics {
        let (near, far) = (local.statistics, shared.statistics)
        var total = coordinator.statistics
        total.hits = near.hits + far.hits
        total.misses = far.misses
        total.published = far.published
        total.rejectedFills = far.rejectedFills
        total.evictions = near.evictions + far.evictions
        total.expirations = near.expirations + far.expirations
        total.invalidations = far.invalidations
        total.unstorableEntries = far.unstorableEntries
        total.unreadableEntries = far.unreadableEntries
        return total
    }
}
