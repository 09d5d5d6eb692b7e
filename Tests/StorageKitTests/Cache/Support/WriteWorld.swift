@testable import StorageKit

/// One key, loaders and writers of every kind over the real ``CacheStripe``: a world to explore.
///
/// Each version that a writer commits is one higher than the last. What is asked of the world: an
/// entry that counts is no older than what was acknowledged; and while all writers are strict and
/// in time, none is served that is older than what was committed.
struct WriteWorld: ExplorableWorld {
    enum Kind: Sendable { case plain, strict, versioned }

    /// The protocol, or one with a rule left out.
    enum Rules: CaseIterable, Sendable {
        case complete
        /// Two that write under a barrier at once, and the one that ends last leaves its entry.
        case uncontended
        /// A strict writer that only invalidates before its write and after it.
        case noBarrier
        /// Loads from a replica that lags behind are believed.
        case noFloor
        /// A write of a known version is put where there was nothing.
        case putWhereNothingIs
        /// A write of a known version leaves the registered load alone.
        case keepRegistration
        /// A refresh is stored without its ticket.
        case refreshAnyhow
    }

    struct Loader: Sendable {
        var isLagging = false
        var step = 0
        var ticket: InMemoryCache<Int, Int>.Ticket?
        var value = 0
    }

    struct Writer: Sendable {
        var kind: Kind
        var step = 0
        var version = 0
        var barrier: InMemoryCache<Int, Int>.Barrier?
    }

    let rules: Rules
    let isStrict: Bool
    var primary = 0
    var acknowledged = 0
    var now = Duration.zero
    var ticks: Int
    var loaders: [Loader]
    var writers: [Writer]
    var cache = CacheStripe<Int, Int, Clock2QPolicy>(
        limits: CacheStripeLimits(capacity: 1, leaseTime: .seconds(1)))
    let key = HashedKey(0)

    init(_ rules: Rules, loaders: Int, writers: [Kind], lagging: Bool = false, ticks: Int = 0) {
        self.rules = rules
        self.ticks = ticks
        isStrict = writers.allSatisfy { $0 == .strict } && ticks == 0
        self.loaders = Array(repeating: Loader(), count: loaders)
        self.loaders[0].isLagging = lagging
        self.writers = writers.map { Writer(kind: $0) }
        put(0)
    }

    var enabled: [Int] {
        let loading = loaders.indices.filter { loaders[$0].step < 3 }
        let writing = writers.indices.filter { writers[$0].step < 3 }.map { $0 + loaders.count }
        return loading + writing + (ticks > 0 ? [loaders.count + writers.count] : [])
    }

    mutating func step(_ actor: Int) -> String? {
        if actor < loaders.count {
            stepLoader(actor)
        } else if actor < loaders.count + writers.count {
            stepWriter(actor - loaders.count)
        } else {
            ticks -= 1
            now += .seconds(10)
        }
        cache.removed = []
        return violation
    }

    private var violation: String? {
        var cache = cache
        guard let version = cache.get(key, now: now)?.value else { return nil }
        let least = isStrict ? max(acknowledged, primary) : acknowledged
        return version < least ? "v\(version) is served after v\(least)" : nil
    }

    var fingerprint: [Int] {
        let load = cache.loads[key]
        let barrier = cache.barriers[key]
        var probe = cache
        var marks = [
            primary, acknowledged, ticks, cache.entry(of: key)?.value ?? -1,
            probe.get(key, now: now)?.value ?? -1, load.map { now < $0.deadline ? 1 : 0 } ?? -1,
            cache.isWritten(key, now: now) ? 1 : 0, barrier?.isContended == true ? 1 : 0,
            Int(cache.floors[key]?.version.rawValue ?? -1),
        ]
        for loader in loaders {
            marks += [loader.step, loader.value, loader.ticket == nil ? 0 : 1]
            marks.append(loader.ticket != nil && loader.ticket == load?.ticket ? 1 : 0)
        }
        for writer in writers {
            let held = barrier?.writers.first { $0.number == writer.barrier?.number }
            marks += [writer.step, writer.version]
            marks.append(held.map { now < $0.deadline ? 2 : 1 } ?? 0)
        }
        return marks
    }
}

// MARK: Loaders

extension WriteWorld {
    /// Register, whatever is there; read; publish.
    private mutating func stepLoader(_ number: Int) {
        switch loaders[number].step {
        case 0:
            if case .load(let ticket) = cache.beginLoad(key, unlessFreshFor: nil, now: now) {
                loaders[number].ticket = ticket
            }
        case 1: loaders[number].value = max(0, primary - (loaders[number].isLagging ? 1 : 0))
        default: publish(number)
        }
        loaders[number].step += 1
    }

    private mutating func publish(_ number: Int) {
        let loader = loaders[number]
        if rules == .refreshAnyhow { return put(loader.value) }
        guard let ticket = loader.ticket else { return }
        _ = cache.publish(entry(loader.value), for: key, ticket: ticket, now: now)
    }

    private func entry(_ version: Int) -> CacheEntry<Int> {
        CacheEntry(version, timeToLive: .seconds(5), version: CacheVersion(Int64(version)))
    }

    /// What a cache without rules does, with the means of one that has them.
    private mutating func put(_ version: Int) {
        cache.invalidate(key)
        guard case .load(let ticket) = cache.beginLoad(key, now: now) else { return }
        _ = cache.publish(entry(version), for: key, ticket: ticket, now: now)
    }
}

// MARK: Writers

extension WriteWorld {
    /// Before the write, the write, after it.
    private mutating func stepWriter(_ number: Int) {
        switch writers[number].step {
        case 0: beforeWrite(number)
        case 1:
            primary += 1
            writers[number].version = primary
        default:
            afterWrite(writers[number])
            acknowledged = max(acknowledged, writers[number].version)
        }
        writers[number].step += 1
    }

    private mutating func beforeWrite(_ number: Int) {
        guard writers[number].kind == .strict else { return }
        if rules == .noBarrier { return cache.invalidate(key) }
        writers[number].barrier = cache.beginWrite(key, lasting: .seconds(5), now: now)
    }

    private mutating func afterWrite(_ writer: Writer) {
        if writer.kind == .versioned { return record(writer.version) }
        guard let barrier = writer.barrier else { return cache.invalidate(key) }
        if rules == .uncontended { cache.barriers[key]?.isContended = false }
        cache.endWrite(key, barrier, leaving: entry(writer.version), now: now)
    }

    private mutating func record(_ version: Int) {
        if rules == .putWhereNothingIs { return put(version) }
        let load = cache.loads[key]
        let isForgetful = rules == .noFloor || rules == .keepRegistration
        cache.recordWrite(
            key, CacheVersion(Int64(version)), leaving: entry(version),
            refusingOlderFor: isForgetful ? .zero : .seconds(100), now: now)
        guard rules == .keepRegistration else { return }
        cache.loads[key] = load
    }
}
