@testable import StorageKit

/// One key of a shared cache, some processes with readers and writers, and every step they can take
/// next: a world to explore.
///
/// The key is the real thing, ``SharedCacheRecord``; what is modelled is who calls it in which
/// order, which is ``SharedCache`` under ``CachedRepository`` spelled out. A step is what happens
/// at once: in the cache, in the primary, or under a lock of one process. Each version that a
/// writer commits is one higher than the last.
///
/// Nobody has to take his next step, ever, and what is wrong is looked for after every step: so
/// everybody may stop at any moment. Besides, leases may end, entries may get stale, the key may
/// vanish, and processes may die and start again, each at any moment and any number of times.
struct SharedCacheWorld: Hashable {
    let setup: Setup
    /// What each writer does.
    let plans: [[WriterStep]]
    var record: SharedCacheRecord?
    var epoch = SharedCacheEpoch(generation: SharedCacheToken(rawValue: 1)!)
    /// For each tag that was invalidated in this generation, the clearing that was last.
    var clearedTags: [CacheTag: UInt64] = [:]
    var lastToken: UInt64 = 100
    var primary: UInt8 = 0
    var acknowledged: UInt8 = 0
    /// The newest version that anybody was given, where that binds.
    var seen: UInt8 = 0
    var readers: [Reader]
    var writers: [Writer]
    var processes: [Process]
    /// What is wrong with what a reader was given.
    var complaint: Staleness?

    init(_ setup: Setup) {
        self.setup = setup
        plans = setup.writers.map { Self.plan($0.kind, setup) }
        readers = setup.readers.map { _ in Reader() }
        writers = setup.writers.map { _ in Writer() }
        let last = (setup.readers + setup.writers.map { $0.process }).max() ?? 0
        processes = Array(repeating: Process(), count: last + 1)
        if setup.isWarm { storeAnyhow(0) }
    }

    /// What may be older than it may be.
    enum Staleness: String {
        case cached = "the cache has what is older than an acknowledged write"
        case cachedBeforeEnd = "the cache has what is older than a strict write in progress"
        case local = "the local tier has what is older than an acknowledged write"
        case read = "a reader was given what is older than what had bound it"
    }

    struct Reader: Hashable {
        enum Step: UInt8 {
            case ask, look, join, wait, begin, depart, read, close, publish, finish, done
        }

        var step = Step.ask
        /// The newest version that it must see.
        var floor: UInt8 = 0
        /// The reader whose load it waits for.
        var leader: Int?
        var token: SharedCacheToken?
        var value: UInt8?
        /// What was cached when its refresh began.
        var remembered: UInt8?
        var isStored = false
        /// Whether it has been served already and goes on to refresh.
        var isServed = false
        /// Whether its ticket of the local tier is still good.
        var hasLocalTicket = false
    }

    struct Writer: Hashable {
        var step = 0
        var version: UInt8 = 0
        var token: SharedCacheToken?
    }

    struct Process: Hashable {
        /// The reader whose load can be joined.
        var joinable: Int?
        /// A lease that a lookup took for whoever loads next.
        var held: SharedCacheToken?
        /// What the local tier has.
        var local: UInt8?
    }
}

extension SharedCacheWorld {
    /// The oldest version that who asks now may be given.
    var bound: UInt8 { max(acknowledged, seen) }

    var someoneWillAsk: Bool {
        for reader in readers where reader.step == .ask { return true }
        return false
    }
}

// MARK: The cache

extension SharedCacheWorld {
    /// It stands still: what ends by itself is made to end.
    static let now = SharedCacheInstant(milliseconds: 1_000_000)

    var moment: SharedCacheMoment {
        SharedCacheMoment(now: Self.now, epoch: epoch, clearedTags: clearedTags)
    }

    /// The version that a lookup would find.
    var cachedVersion: UInt8? {
        guard case .entry(let entry)? = record, moment.counts(entry) == true else { return nil }
        return entry.content.payload.bytes[0]
    }

    /// The token of the load that is registered and alive.
    var registered: SharedCacheToken? {
        switch record {
        case .lease(let lease): Self.now < lease.load.end ? lease.load.token : nil
        case .entry(let entry): entry.refresh.flatMap { Self.now < $0.end ? $0.token : nil }
        case .barrier, .floor, nil: nil
        }
    }

    mutating func newToken(of process: Int) -> SharedCacheToken {
        if setup.rules == .tokenPerProcess {
            return SharedCacheToken(rawValue: UInt64(process) + 2)!
        }
        lastToken += 1
        return SharedCacheToken(rawValue: lastToken)!
    }

    func load(_ token: SharedCacheToken) -> SharedCacheRecord.Load {
        SharedCacheRecord.Load(token: token, end: Self.now.after(.seconds(10)))
    }

    /// An entry that is fresh for a while.
    func deposit(_ version: UInt8) -> SharedCacheDeposit {
        SharedCacheDeposit(
            SharedCacheContent(
                payload: ByteString([version]),
                version: setup.hasVersions ? CacheVersion(Int64(version)) : nil,
                tags: setup.isCleared ? [Self.tag] : []),
            freshFor: .seconds(30))
    }

    /// What a cache without tickets does.
    mutating func storeAnyhow(_ version: UInt8) {
        record = deposit(version).entry(epoch, over: nil, at: Self.now).map { .entry($0) }
    }
}
