@testable import StorageKit

/// One key, some readers and writers, and every step they can take next: a world to explore.
///
/// The cache and the flights are the real ones, ``CacheStripe`` and ``SingleFlightState``; what is
/// modelled is who calls them in which order, which is ``CachedRepository`` and ``CacheLoad``
/// spelled out. A step is what happens under one lock, or in the primary, so every interleaving of
/// steps is one that threads can produce. Each version that a writer commits is one higher than the
/// last.
struct CacheWorld: ExplorableWorld {
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
        /// The newest version whose write was acknowledged when it began.
        var floor = 0
        var seat: SingleFlightState<Int, Int, Int, Int>.Seat?
        var ticket: InMemoryCache<Int, Int>.Ticket?
        var value: Int?
    }

    /// commit, first half of the invalidation, second half, acknowledged.
    struct Writer: Sendable {
        var step = 0
        var version = 0
    }

    let rules: Rules
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

    init(_ rules: Rules, readers: Int, writers: Int, ticks: Int = 0, isWarm: Bool = false) {
        self.rules = rules
        self.ticks = ticks
        self.readers = Array(repeating: Reader(), count: readers)
        self.writers = Array(repeating: Writer(), count: writers)
        if isWarm { storeAnyhow(0) }
    }
}

// MARK: What can happen next

extension CacheWorld {
    /// The numbers of those who can take a step: readers, then writers, then the clock.
    var enabled: [Int] {
        let awake = readers.indices.filter {
            readers[$0].step != .done && readers[$0].step != .wait
        }
        let busy = writers.indices.filter { writers[$0].step < 3 }.map { $0 + readers.count }
        return awake + busy + (ticks > 0 ? [readers.count + writers.count] : [])
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
        return violation
    }

    private var violation: String? {
        if let entry = cache.entry(of: key), let version = entry.value, version < acknowledged {
            return "v\(version) is in the cache after v\(acknowledged) was acknowledged"
        }
        for (number, reader) in readers.enumerated() where reader.step == .done {
            if let value = reader.value, value < reader.floor {
                return
                    "reader \(number) got v\(value), v\(reader.floor) was acknowledged before"
            }
        }
        return nil
    }
}

// MARK: Telling worlds apart

extension CacheWorld {
    /// Two worlds with the same fingerprint have the same future.
    var fingerprint: [Int] {
        var marks = [primary, acknowledged, ticks]
        let ticket = cache.ticket(of: key)
        marks.append(cache.entry(of: key)?.value ?? -1)
        marks.append(ticket == nil ? -2 : readers.firstIndex { $0.ticket == ticket } ?? -1)
        marks.append(lookup)
        let joinable = flights.joinableFlight(0)
        marks.append(joinable == nil ? -1 : leader(of: joinable) ?? -2)
        for reader in readers {
            let led = reader.step == .wait ? leader(of: reader.seat?.flight) ?? -2 : -1
            marks += [reader.step.rawValue, reader.floor, reader.value ?? -1, led]
            marks.append(reader.ticket != nil && reader.ticket == ticket ? 1 : 0)
        }
        for writer in writers { marks += [writer.step, writer.version] }
        return marks
    }

    /// What a reader would be told now: whether the entry and the lease are alive.
    private var lookup: Int {
        var cache = cache
        switch cache.beginLoad(key, now: now) {
        case .hit: return 0
        case .load: return 1
        case .bypass: return 2
        }
    }

    private func leader(of flight: SingleFlightState<Int, Int, Int, Int>.FlightID?) -> Int? {
        readers.firstIndex { $0.seat?.flight == flight && $0.seat?.isLeader == true }
    }
}
