public import Synchronization

/// A cache that several processes share, over any ``SharedCacheStorage``.
///
/// ```swift
/// let cache = SharedCache(
///     storage: ConditionalCacheStorage(store, namespace: "todo"),
///     keys: .string, values: JSONCodec<Todo>())
/// let todos = CachedRepository(primary: database, cache: cache, namespace: "todo")
/// ```
///
/// It keeps the promise of ``Cache`` among all processes that use the same storage and namespace:
/// once an invalidation was acknowledged, to whomever, nobody who asks afterwards is given anything
/// older. ``SharedCacheRecord`` is how, and the storage may lose any key at any moment.
///
/// ## Keys
///
/// Keys that are equal are one key, and have the same bytes; keys that differ have different ones.
/// A text is written in its composed form (``CanonicalTextCodec``), for "é" of one scalar and of
/// two are equal. The codec of any other key has to see to it.
///
/// ## Entries
///
/// A value is written by its codec under a small header. An entry that was written for another
/// ``SharedCacheOptions/schemaVersion``, with another compression, or by somebody else, is a miss,
/// is counted and is replaced by the next load, which costs a round trip more; it is never an
/// error. What is too large to be stored is counted too. So two versions of a program can run side
/// by side over one namespace; give them two when they must not take each other's entries away.
///
/// How much longer an entry lives and is fresh is worked out from the storage's moments by this
/// machine's wall clock. A clock that is wrong makes refreshes early or late; the end of an entry
/// is the storage's own.
///
/// ## Round trips
///
/// One for each call, unless the storage says otherwise. None for ``beginLoads(_:unlessFreshFor:)``
/// of what a lookup has leased already, see ``SharedCacheLookupMode``. One more for entries that
/// cannot be read, and one for ``loadEnded(of:within:)``.
///
/// ## Errors
///
/// Whatever the storage throws, and what the key's codec throws for a key that has no bytes.
public final class SharedCache<
    Key: Hashable & Sendable, Codec: ValueCodec, Storage: SharedCacheStorage
>: Cache {
    /// What is cached.
    public typealias Value = Codec.Value

    /// The proof that a load was registered.
    public struct Ticket: Hashable, Sendable {
        let token: SharedCacheToken
    }

    /// The proof that a barrier was set.
    public struct Barrier: Hashable, Sendable {
        let token: SharedCacheToken
    }

    /// Where the entries are.
    public let storage: Storage
    /// How it works.
    public let options: SharedCacheOptions
    /// What the readers of this cache share in this process.
    public let coordinator: CacheCoordinator<Key, Value>

    @usableFromInline
    let keys: any ValueCodec<Key>
    @usableFromInline
    let envelope: SharedCacheEnvelope<Codec>
    let clock: MonotonicReading
    @usableFromInline
    let wallClock: @Sendable () -> SharedCacheInstant
    let makeToken: @Sendable () -> SharedCacheToken
    let held: Mutex<HeldLeases>
    // Apart from the other counts, which are behind a lock: all threads meet here at every hit.
    @usableFromInline
    let hits = Atomic(0)
    @usableFromInline
    let misses = Atomic(0)
    let listener: SharedCacheListener<Storage>

    /// Creates a cache; nothing is sent.
    ///
    /// - Parameters:
    ///   - storage: Where the entries are.
    ///   - keys: How keys are written: equal keys have equal bytes, different ones different bytes.
    ///   - values: How values are written.
    ///   - options: How it works.
    ///   - clock: What waits and held leases are counted by; tests give a manual one.
    ///   - wallClock: What is compared with the storage's moments; `nil` for the system's.
    ///   - makeToken: Where tokens come from; `nil` for the system's random numbers.
    public init(
        storage: Storage, keys: some ValueCodec<Key>, values: Codec,
        options: SharedCacheOptions = SharedCacheOptions(),
        clock: some Clock<Duration> = ContinuousClock(),
        wallClock: (@Sendable () -> SharedCacheInstant)? = nil,
        makeToken: (@Sendable () -> SharedCacheToken)? = nil
    ) {
        self.storage = storage
        self.options = options
        self.keys = canonical(keys)
        envelope = SharedCacheEnvelope(codec: values, options: options)
        let reading = MonotonicReading(clock)
        self.clock = reading
        coordinator = CacheCoordinator(clock: clock, isShared: true)
        self.wallClock = wallClock ?? { .now }
        self.makeToken = makeToken ?? { .random() }
        held = Mutex(HeldLeases(limit: options.maximumHeldLeases))
        listener = SharedCacheListener(
            storage: storage, clock: reading, leaseTime: options.leaseTime)
    }

    /// What has happened so far, in this process.
    public var statistics: CacheStatistics {
        var total = coordinator.statistics
        total.hits = hits.load(ordering: .relaxed)
        total.misses = misses.load(ordering: .relaxed)
        return total
    }
}

/// The codec, such that equal keys have equal bytes: texts may be equal and spelt differently.
private func canonical<Key>(_ keys: some ValueCodec<Key>) -> any ValueCodec<Key> {
    func composing(_ texts: some ValueCodec<String>) -> any Sendable { CanonicalTextCodec(texts) }
    guard let texts = keys as? any ValueCodec<String> else { return keys }
    return composing(texts) as? any ValueCodec<Key> ?? keys
}
