/// Values kept close by for a while: the contract between a cache and those who read through it.
///
/// A cache in front of a database has one hard problem, and it is not eviction. A reader misses,
/// reads v0 from the database and is delayed; a writer commits v1 and invalidates; the reader
/// stores v0, which is then served until it expires. This protocol closes that hole by making a
/// fill something that must be *registered before the database is read*:
/// ``beginLoads(_:unlessFreshFor:)`` hands out a ticket, ``invalidate(_:)-([Key])`` tears up every
/// ticket of the key, and ``publish(_:)`` stores only what comes with the ticket that is still
/// registered.
///
/// ```
/// reader                     cache                       writer
///   beginLoads(k)  ────────▶  k: load #7
///   read primary: v0                                       commit v1
///                             k: nothing  ◀──────────────  invalidate(k)
///   publish(v0, #7) ───────▶  #7 is not registered: no
/// ```
///
/// There is no way to store a value without a ticket. ``CachedRepository`` does all of this for
/// you; read on if you implement a cache or use one by itself.
///
/// ## What the caller guarantees
///
/// * It reads the value that it publishes from the primary *after* `beginLoads` returned its
///   ticket.
/// * It invalidates a key *after* the write that changed the value was committed.
/// * It ends every load with ``publish(_:)`` or ``abandonLoads(_:)``. If it dies instead, the key
///   is not filled for the cache's lease time, and nothing worse.
///
/// ## What must appear true
///
/// * **Linearisable per key.** The calls about one key take effect one after the other, each
///   between its beginning and its return, whoever makes them.
/// * **One load.** At most one load of a key is registered. Each registration has a ticket that was
///   never used before: one ticket per client instead would let a load from before an invalidation
///   publish with the same client's registration from after it.
/// * **Acknowledged means gone.** When ``invalidate(_:)-([Key])`` returns, the entry and the
///   registration that were there when it began are gone, and so are the key's running loads from
///   the ``coordinator``: *first* the entry and the registration are removed, *then*
///   ``CacheCoordinator/detachLoads(of:)`` is called. In the other order a reader could begin a new
///   load between the two steps, find the old entry, and hand it to others who join it later -
///   after the acknowledgement. The same holds for ``removeAll()`` and all keys.
/// * **Expired means absent.** An entry is a hit only before its time to live has passed, never at
///   that moment or after it.
///
/// * **Shared means said so.** A cache that other processes can invalidate has a coordinator that
///   knows (``CacheCoordinator/isShared``): their invalidations cannot detach the loads of this
///   process, so readers trust a load that they joined only if it could publish.
///
/// ## What is not promised
///
/// * That an entry stays: a cache may drop any entry or registration at any time. It may never
///   bring one back.
/// * One snapshot over several keys: a batch is many calls in one round trip.
/// * Order between calls that overlap in time.
/// * That a value read *between* a commit and the return of its invalidation is the new one.
///
/// ## Errors and cancellation
///
/// The functions are asynchronous and throw for the sake of caches on other machines; a cache in
/// process memory implements them as plain functions. A call that throws may have had its effect. A
/// failed ``invalidate(_:)-([Key])`` leaves the key in doubt: see ``CachedRepository`` for what it
/// does about that.
public protocol Cache<Key, Value>: Sendable {
    /// What an entry is found by.
    associatedtype Key: Hashable & Sendable
    /// What is cached.
    associatedtype Value: Sendable
    /// The proof that a load was registered: unique among all loads of the key, for ever.
    associatedtype Ticket: Sendable

    /// What the readers of this cache in this process share: running loads, doubts and counters.
    ///
    /// Always the same object. Make one in your `init`.
    var coordinator: CacheCoordinator<Key, Value> { get }

    /// What has happened so far, in this process.
    var statistics: CacheStatistics { get }

    /// The entry under the key, or `nil` when there is none.
    ///
    /// One round trip. In process memory a hit neither suspends nor allocates.
    func get(_ key: Key) async throws(StorageError) -> CacheEntry<Value>?

    /// The entries that exist under the keys.
    ///
    /// One round trip.
    func get(_ keys: [Key]) async throws(StorageError) -> [Key: CacheEntry<Value>]

    /// Looks each key up once more and registers a load of it if there is no entry that is fresh
    /// enough.
    ///
    /// One round trip. The answer has every key. No other load can be registered for a key whose
    /// answer is ``CacheLookup/load(_:)`` until that one has ended. An entry that is there and not
    /// fresh enough stays, and is a hit for others, until the load has published.
    ///
    /// - Parameter demanded: An entry is a hit if it is fresh for longer than this: zero for what
    ///   is fresh now, more to refresh it ahead of time, `nil` to load whatever is there.
    func beginLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Key: CacheLookup<Value, Ticket>]

    /// Waits until somebody else's registered load of the key may have ended.
    ///
    /// No round trip but for a message that comes. It may return before the load has ended; look
    /// the key up again. It returns at once when the task is cancelled.
    ///
    /// - Parameter patience: How long to wait at the most.
    /// - Returns: Whether looking again is worth while; `false` when the time is over or nothing
    ///   can be known about others.
    func loadEnded(of key: Key, within patience: Duration) async -> Bool

    /// Stores each entry whose ticket is still the registered one, and ends those loads.
    ///
    /// One round trip. For one entry this is a compare-and-set on the ticket. An entry with a
    /// version does not replace one with a newer version.
    ///
    /// - Returns: The keys that were stored. The others were invalidated meanwhile, or their
    ///   registration was dropped: their values are good for those who asked, and for nobody else.
    @discardableResult
    func publish(
        _ fills: [CacheFill<Key, Value, Ticket>]
    ) async throws(StorageError) -> Set<Key>

    /// Ends loads that found nothing to publish, as far as they are still registered.
    ///
    /// One round trip.
    func abandonLoads(_ tickets: [Key: Ticket]) async throws(StorageError)

    /// Removes the entries and the registered loads of the keys, then detaches their running loads.
    ///
    /// One round trip. Call it after the commit.
    func invalidate(_ keys: [Key]) async throws(StorageError)

    /// Removes every entry and registered load, then detaches every running load.
    func removeAll() async throws(StorageError)
}
