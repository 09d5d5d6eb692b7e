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
/// everybody may die at any moment. Besides, the key may vanish at any moment.
struct SharedCacheWorld: ExplorableWorld {
    /// The real protocol, or one with a rule left out.
    enum Rules: CaseIterable, Sendable {
        /// As built.
        case complete
        /// Read the primary and store what came: what most libraries do.
        case cacheAside
        /// The same, and the key is deleted before the write and after it.
        case doubleDelete
        /// One token for all loads of a process.
        case tokenPerProcess
        /// A refresh publishes if the entry looks as it did when the refresh began.
        case refreshByValue
        /// A barrier forgets that anybody else was there.
        case forgetContention
        /// An invalidation reaches the process's own local tier first.
        case localFirst
        /// Who joined a load is given what it found, stored or not.
        case trustEveryLoad
        /// A barrier's writer is told to read under it with those who join.
        case joinUnderBarrier
    }

    /// What a writer does around its commit.
    enum WriterKind: UInt8, Sendable {
        case plain
        case strict
        case strictWithEntry
        case versioned
    }

    struct Setup: Sendable {
        var rules = Rules.complete
        /// The process of each reader.
        var readers: [Int]
        /// The kind and the process of each writer.
        var writers: [(kind: WriterKind, process: Int)]
        var leasesOnRead = false
        /// Each process has a tier of its own before the shared one.
        var hasTiers = false
        /// Begins with an entry that is not fresh any more.
        var isWarm = false
        /// The key may vanish at any moment; otherwise only leases end.
        var forgets = true
        /// How often so much time can pass that every lease and barrier has ended.
        var ticks = 0
        /// Readers read a replica that may be one version behind.
        var replicaLags = false
    }

    struct Reader: Sendable {
        enum Step: UInt8, Sendable {
            case ask, look, join, wait, begin, read, close, publish, finish, done
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

    struct Writer: Sendable {
        var step: UInt8 = 0
        var version: UInt8 = 0
        var token: SharedCacheToken?
    }

    struct Process: Sendable {
        /// The reader whose load can be joined.
        var joinable: Int?
        /// A lease that a lookup took for whoever loads next.
        var held: SharedCacheToken?
        /// What the local tier has.
        var local: UInt8?
    }

    let setup: Setup
    var record: SharedCacheRecord?
    var now = SharedCacheInstant(milliseconds: 1_000_000)
    var ticks: Int
    var lastToken: UInt64 = 100
    var primary: UInt8 = 0
    var acknowledged: UInt8 = 0
    /// The newest version that anybody was given, where that binds.
    var seen: UInt8 = 0
    var readers: [Reader]
    var writers: [Writer]
    var processes: [Process]
    var complaint: String?

    static let epoch = SharedCacheEpoch(generation: SharedCacheToken(rawValue: 1)!)

    init(_ setup: Setup) {
        self.setup = setup
        ticks = setup.ticks
        readers = setup.readers.map { _ in Reader() }
        writers = setup.writers.map { _ in Writer() }
        let last = (setup.readers + setup.writers.map { $0.process }).max() ?? 0
        processes = Array(repeating: Process(), count: last + 1)
        if setup.isWarm { storeAnyhow(0) }
    }
}

// MARK: What can happen next

extension SharedCacheWorld {
    /// Readers, then writers, then the key vanishing, then time passing.
    var enabled: [Int] {
        var actors = readers.indices.filter {
            readers[$0].step != .done && readers[$0].step != .wait
        }
        actors += writers.indices.filter { writers[$0].step < stepCount($0) }
            .map { $0 + readers.count }
        if canVanish { actors.append(readers.count + writers.count) }
        if ticks > 0 { actors.append(readers.count + writers.count + 1) }
        return actors
    }

    private var canVanish: Bool {
        guard let record else { return false }
        if case .lease = record { return true }
        return setup.forgets
    }

    mutating func step(_ actor: Int) -> String? {
        switch actor - readers.count {
        case ..<0: stepReader(actor)
        case ..<writers.count: stepWriter(actor - readers.count)
        case writers.count: record = nil
        default:
            ticks -= 1
            now = now.after(.seconds(60))
            if let end = record?.end, end <= now { record = nil }
        }
        return complaint ?? staleness
    }

    private var staleness: String? {
        let cached = cachedVersion
        if let cached, cached < acknowledged {
            return "v\(cached) is in the cache after v\(acknowledged) was acknowledged"
        }
        if setup.hasTiers, let local = processes[0].local, local < acknowledged {
            return "v\(local) is in the local tier after v\(acknowledged) was acknowledged"
        }
        return nil
    }

    var moment: SharedCacheMoment {
        SharedCacheMoment(now: now, epoch: Self.epoch, clearedTags: [:])
    }

    /// The version that a lookup would find.
    var cachedVersion: UInt8? {
        guard case .entry(let entry)? = record, moment.counts(entry) == true else { return nil }
        return entry.content.payload.bytes[0]
    }

    mutating func newToken(of process: Int) -> SharedCacheToken {
        if setup.rules == .tokenPerProcess {
            return SharedCacheToken(rawValue: UInt64(process) + 2)!
        }
        lastToken += 1
        return SharedCacheToken(rawValue: lastToken)!
    }

    func load(_ token: SharedCacheToken) -> SharedCacheRecord.Load {
        SharedCacheRecord.Load(token: token, end: now.after(.seconds(10)))
    }

    /// An entry that is stale after the next tick; the first one is stale from the beginning.
    func deposit(_ version: UInt8) -> SharedCacheDeposit {
        let isVersioned = setup.writers.contains { $0.kind == .versioned }
        return SharedCacheDeposit(
            SharedCacheContent(
                payload: ByteString([version]),
                version: isVersioned ? CacheVersion(Int64(version)) : nil),
            freshFor: version == 0 ? .zero : .seconds(30))
    }

    /// What a cache without tickets does.
    mutating func storeAnyhow(_ version: UInt8) {
        record = deposit(version).entry(Self.epoch, over: nil, at: now).map { .entry($0) }
    }
}
