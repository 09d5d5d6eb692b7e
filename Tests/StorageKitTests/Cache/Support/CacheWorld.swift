@testable import StorageKit

/// One key, some readers, refreshes and writers, and every step they can take next: a world to
/// explore.
///
/// The cache and the flights are the real ones, ``CacheStripe`` and ``SingleFlightState``; what is
/// modelled is who calls them in which order, which is ``CachedRepository`` and ``CacheLoad``
/// spelled out. A step is what happens under one lock, or in the primary, so every interleaving of
/// steps is one that threads can produce. Each version that a writer commits is one higher than the
/// last.
struct CacheWorld: ExplorableWorld {
    enum Kind: Sendable { case plain, strict, versioned }

    /// How readers and writers behave: the real protocol, or one with a rule left out.
    enum Rules: CaseIterable, Sendable {
        /// As built.
        case complete
        /// Read the primary and store what came: what most libraries do.
        case cacheAside
        /// A ticket that a client uses again: whatever registration is there will do.
        case ticketPerClient
        /// Invalidation detaches the flight and then removes the entry.
        case detachFirst
        /// Invalidation leaves the flight joinable.
        case neverDetach
        /// Invalidation leaves the registered load alone.
        case keepRegistration
        /// Two that write under a barrier at once, and the one that ends last leaves its entry.
        case uncontended
        /// A strict writer that only invalidates before its write and after it.
        case noBarrier
        /// Loads from a replica that lags behind are believed.
        case noFloor
        /// A write of a known version is put where there was nothing.
        case putWhereNothingIs
    }

    struct Setup: Sendable {
        var rules = Rules.complete
        /// They look up, join, and load what is not there.
        var readers = 0
        /// They load whatever is there.
        var refreshes = 0
        var writers: [Kind]
        /// How often every entry's time to live, every lease and every barrier may end.
        var ticks = 0
        /// The first refresh reads a replica that may be one version behind.
        var lags = false
        var isWarm = false

        /// Whether everybody writes under barriers that last: then a commit binds.
        var isStrict: Bool { ticks == 0 && writers.allSatisfy { $0 == .strict } }
        var hasVersions: Bool { writers.contains(.versioned) }
    }

    enum Step: Int, Sendable {
        // A reader's own steps.
        case lookUp, join, wait
        // The steps of the load that it leads.
        case begin, readPrimary, publish, finish
        case done
    }

    struct Reader: Sendable {
        var step = Step.lookUp
        var isRefresh = false
        /// The newest version whose write was acknowledged when it began.
        var floor = 0
        var seat: SingleFlightState<Int, Int, Int, Int>.Seat?
        var ticket: InMemoryCache<Int, Int>.Ticket?
        var value: Int?
    }

    struct Writer: Sendable {
        var step = 0
        var version = 0
        var barrier: InMemoryCache<Int, Int>.Barrier?
    }

    let setup: Setup
    var primary = 0
    var acknowledged = 0
    var now = Duration.zero
    var ticks: Int
    var readers: [Reader]
    var writers: [Writer]
    var cache = CacheStripe<Int, Int, Clock2QPolicy>(
        limits: CacheStripeLimits(capacity: 1, leaseTime: .seconds(1)))
    var flights = SingleFlightState<Int, Int, Int, Int>()
    let key = HashedKey(0)

    init(_ setup: Setup) {
        self.setup = setup
        ticks = setup.ticks
        readers = Array(repeating: Reader(), count: setup.readers)
        readers += Array(
            repeating: Reader(step: .begin, isRefresh: true), count: setup.refreshes)
        writers = setup.writers.map { _ in Writer() }
        if setup.isWarm { put(0) }
    }
}

// MARK: What can happen next

extension CacheWorld {
    /// The numbers of those who can take a step: readers, then writers, then the clock.
    var enabled: [Int] {
        let awake = readers.indices.filter {
            readers[$0].step != .done && readers[$0].step != .wait
        }
        let busy = writers.indices.filter { writers[$0].step < plan($0).count }
        return awake + busy.map { $0 + readers.count }
            + (ticks > 0 ? [readers.count + writers.count] : [])
    }

    /// Lets one of them take its step; says what is wrong with the outcome, if anything is.
    mutating func step(_ actor: Int) -> String? {
        if actor < readers.count {
            stepReader(actor)
        } else if actor < readers.count + writers.count {
            stepWriter(actor - readers.count)
        } else {
            ticks -= 1
            now += .seconds(10)
        }
        cache.removed = []
        return violation
    }

    private var violation: String? {
        let least = setup.isStrict ? max(acknowledged, primary) : acknowledged
        if let version = served, version < least { return "v\(version) is served after v\(least)" }
        for (number, reader) in readers.enumerated() where reader.step == .done {
            if let value = reader.value, value < reader.floor {
                return
                    "reader \(number) got v\(value), v\(reader.floor) was acknowledged before"
            }
        }
        return nil
    }

    /// The version that a lookup would find.
    private var served: Int? {
        var cache = cache
        return cache.get(key, now: now)?.value
    }
}

// MARK: Telling worlds apart

extension CacheWorld {
    /// Two worlds with the same fingerprint have the same future.
    var fingerprint: [Int] {
        let load = cache.loads[key]
        let joinable = flights.joinableFlight(0)
        var marks = [
            primary, acknowledged, ticks, cache.entry(of: key)?.value ?? -1, served ?? -1,
            load.map { now < $0.deadline ? 1 : 0 } ?? -1,
            cache.isWritten(key, now: now) ? 1 : 0,
            cache.barriers[key]?.isContended == true ? 1 : 0,
            Int(cache.floors[key]?.version.rawValue ?? -1),
            joinable == nil ? -1 : leader(of: joinable) ?? -2,
        ]
        // Which of the refreshes that read alike is which makes no difference.
        let alike = setup.readers + (setup.lags ? 1 : 0)
        for number in readers.indices.prefix(alike) { marks += mark(number) }
        let others = readers.indices.dropFirst(alike).map(mark)
        for mark in others.sorted(by: { $0.lexicographicallyPrecedes($1) }) { marks += mark }
        for writer in writers {
            let held = cache.barriers[key]?.writers
                .first { $0.number == writer.barrier?.number }
            marks += [writer.step, writer.version]
            marks.append(held.map { now < $0.deadline ? 2 : 1 } ?? 0)
        }
        return marks
    }

    /// A reader without what makes no difference any more: a torn ticket, what it was given.
    private func mark(_ number: Int) -> [Int] {
        let reader = readers[number]
        guard reader.step != .done else { return [reader.step.rawValue] }
        let isRegistered = reader.ticket != nil && reader.ticket == cache.loads[key]?.ticket
        return [
            reader.step.rawValue, reader.floor, reader.value ?? -1, isRegistered ? 1 : 0,
            reader.step == .wait ? leader(of: reader.seat?.flight) ?? -2 : -1,
        ]
    }

    private func leader(of flight: SingleFlightState<Int, Int, Int, Int>.FlightID?) -> Int? {
        readers.firstIndex { $0.seat?.flight == flight && $0.seat?.isLeader == true }
    }
}
