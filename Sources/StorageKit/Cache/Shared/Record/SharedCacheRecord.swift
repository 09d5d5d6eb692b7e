/// What a shared cache keeps under one key, as a value: the cache protocol without a server.
///
/// A key that does not exist is `nil`. Every function takes the record that is there, a call and
/// the ``SharedCacheMoment`` and returns what is to be there and what the caller is told; a storage
/// does that in one atomic step, by a script that says the same or by compare-and-set.
///
/// ```
///                     beginLoad(t)                publish(t, v)
///        absent ───────────────────▶ lease(t) ───────────────────▶ entry(v)
///          ▲  ▲                        │                             │      │ beginLoad(t')
///          │  └──── abandon(t), end ───┘                             │      ▼ puts t' beside v
///          │                                                         │    entry(v, refresh t')
///          └──────────────────── invalidate, end, eviction ──────────┘      │ publish(t', v')
///                                                                           ▼
///  any state ── beginWrite(w) ─▶ barrier({w}) ── endWrite(w) ─▶ absent    entry(v')
///                                  │  ▲ beginWrite(w2): barrier({w, w2}, contended)
///                                  └──┘ endWrite(w): barrier({w2}, contended)
///
///  any state ── recordWrite(n) ─▶ floor(n) ── beginLoad(t) ─▶ lease(t, floor n)
///                                    ▲                              │ publish(t, v), v ≥ n
///                                    └──── invalidate: floor(v) ── entry(v, floor)
/// ```
///
/// ## Why it is right
///
/// A load publishes only if its token is the registered one *and* its generation is the current
/// one. Everything that makes the value that a load has read doubtful removes the token or moves
/// the generation before it is acknowledged. So the key may vanish at any moment, by eviction,
/// expiry or somebody's `DEL`: with it go the token and the fill. Nothing is right *because* a key
/// is there, except for a barrier and a floor, which protect as long as they last.
///
/// * A refresh registers a token beside the entry. Comparing the entry itself would not do: v0, v1,
///   v0 with a refresh that read v1 in between looks untouched.
/// * A barrier remembers that anything happened to the key while it was held (*contended*): another
///   writer, or an invalidation by one who holds none. Then nobody may leave his entry behind, for
///   nobody knows who committed last.
/// * A floor is the version that a writer committed. Fills of an older one are refused: they were
///   read from a replica that lags. It stays until its end through leases, entries and barriers:
///   nothing is put in its place that would end before it, and an entry that is removed leaves its
///   own version as the floor. An entry is a floor for its own refreshes besides.
///
/// Every function takes constant time, but for the number of tags and of writers.
public enum SharedCacheRecord: Hashable, Sendable {
    /// A load is registered and there is no entry.
    case lease(Lease)
    /// There is an entry, and perhaps a registered load that will replace it.
    case entry(Entry)
    /// Somebody writes: nothing is served and nothing is filled.
    case barrier(Barrier)
    /// There is no entry, and fills below this version are refused.
    case floor(Floor)

    /// The moment from which on the key must not exist any more.
    public var end: SharedCacheInstant {
        switch self {
        case .lease(let lease): max(lease.load.end, lease.floor?.end ?? lease.load.end)
        case .entry(let entry): entry.end
        case .barrier(let barrier): max(barrier.lastEnd, barrier.floor?.end ?? barrier.lastEnd)
        case .floor(let floor): floor.end
        }
    }
}

extension SharedCacheRecord {
    /// A load that is under way, and until when nobody else may begin one.
    public struct Load: Hashable, Sendable {
        /// Its name.
        public var token: SharedCacheToken
        /// When it counts as dead.
        public var end: SharedCacheInstant

        /// Creates a load.
        public init(token: SharedCacheToken, end: SharedCacheInstant) {
            self.token = token
            self.end = end
        }
    }

    /// A version below which fills are refused, and until when.
    public struct Floor: Hashable, Sendable {
        /// The version.
        public var version: CacheVersion
        /// When it is forgotten.
        public var end: SharedCacheInstant

        /// Creates a floor.
        public init(version: CacheVersion, end: SharedCacheInstant) {
            self.version = version
            self.end = end
        }
    }

    /// A registered load where there is no entry.
    public struct Lease: Hashable, Sendable {
        /// The load.
        public var load: Load
        /// What its entry will belong to: that of the load's beginning.
        public var epoch: SharedCacheEpoch
        /// What its entry must reach.
        public var floor: Floor?

        /// Creates a lease.
        public init(load: Load, epoch: SharedCacheEpoch, floor: Floor? = nil) {
            self.load = load
            self.epoch = epoch
            self.floor = floor
        }
    }

    /// An entry, with the load that is to replace it.
    public struct Entry: Hashable, Sendable {
        /// What is cached.
        public var content: SharedCacheContent
        /// What it belongs to; while a load is registered, that of the load's beginning.
        public var epoch: SharedCacheEpoch
        /// When it was stored.
        public var stored: SharedCacheInstant
        /// Until when it is fresh.
        public var freshUntil: SharedCacheInstant
        /// When it ends.
        public var end: SharedCacheInstant
        /// The load that is to replace it.
        public var refresh: Load?
        /// Until when its version is a floor, whatever becomes of the entry; not after its end.
        public var floorEnd: SharedCacheInstant

        /// Creates an entry.
        public init(
            content: SharedCacheContent, epoch: SharedCacheEpoch, stored: SharedCacheInstant,
            freshUntil: SharedCacheInstant = .forever, end: SharedCacheInstant = .forever,
            refresh: Load? = nil, floorEnd: SharedCacheInstant = .never
        ) {
            self.content = content
            self.epoch = epoch
            self.stored = stored
            self.freshUntil = freshUntil
            self.end = end
            self.refresh = refresh
            self.floorEnd = floorEnd
        }
    }

    /// Writers at work.
    public struct Barrier: Hashable, Sendable {
        /// Who, each with the moment at which it counts as dead.
        public var writers: [Load]
        /// Whether nobody may leave an entry behind.
        public var isContended: Bool
        /// What an entry that is left behind belongs to: that of the first writer's beginning.
        public var epoch: SharedCacheEpoch
        /// What an entry that is left behind must reach.
        public var floor: Floor?

        /// Creates a barrier.
        public init(
            writers: [Load], isContended: Bool = false, epoch: SharedCacheEpoch,
            floor: Floor? = nil
        ) {
            self.writers = writers
            self.isContended = isContended
            self.epoch = epoch
            self.floor = floor
        }

        var lastEnd: SharedCacheInstant {
            writers.map(\.end).max() ?? SharedCacheInstant(milliseconds: 0)
        }
    }
}
