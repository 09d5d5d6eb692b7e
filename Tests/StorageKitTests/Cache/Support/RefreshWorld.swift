@testable import StorageKit

/// One key whose entry is stale, readers that read it again, and writers: a world to explore.
///
/// The cache and the flights are the real ones; what is modelled is who calls them in which order,
/// which is ``CachedRepository`` with its stale rules and ``CacheLoad``, spelled out. Each version
/// that a writer commits is one higher than the last.
struct RefreshWorld: ExplorableWorld {
    /// The protocol, or one with a rule left out.
    enum Rules: CaseIterable, Sendable {
        case complete
        /// A refresh is stored without its ticket.
        case storeAnyhow
        /// Invalidation leaves the flight of a refresh joinable.
        case neverDetach
        /// A refresh that gives up hands those who joined it what it knew before.
        case giveUpWithKnown
        /// A repository gives out what it remembers, whether or not the cache still has it.
        case rememberStale
        /// What rescues one reader when the primary fails rescues all who joined him.
        case rescueAll
    }

    /// What may be done with the stale entry.
    enum Window: Sendable {
        /// It is the answer, and is read again in the background.
        case revalidating
        /// It is the answer when the primary has failed, which it does.
        case rescuing
    }

    enum Step: Int, Sendable {
        case lookUp, launch, join, wait
        // The steps of the load that it leads.
        case begin, readPrimary, publish, finish
        case done
    }

    struct Reader: Sendable {
        var step = Step.lookUp
        /// The newest version whose write was acknowledged when it began.
        var floor = 0
        /// What it was given.
        var answer: Int?
        /// What it looked up.
        var known: Int?
        var isRefresh = false
        var seat: SingleFlightState<Int, Int?, Int, Int>.Seat?
        var ticket: InMemoryCache<Int, Int>.Ticket?
        var value: Int?
    }

    /// commit, removal, detaching and acknowledgement.
    struct Writer: Sendable {
        var step = 0
        var version = 0
    }

    let rules: Rules
    let window: Window
    var primary = 0
    var acknowledged = 0
    var remembered: Int?
    var readers: [Reader]
    var writers: [Writer]
    var cache = CacheStripe<Int, Int, Clock2QPolicy>(
        limits: CacheStripeLimits(capacity: 1, leaseTime: .seconds(1000)))
    var flights = SingleFlightState<Int, Int?, Int, Int>()
    let key = HashedKey(0)
    /// The entry from the beginning is stale, and nothing else ever.
    let now = Duration.seconds(10)

    init(_ rules: Rules, _ window: Window, readers: Int, writers: Int) {
        self.rules = rules
        self.window = window
        self.readers = Array(repeating: Reader(), count: readers)
        self.writers = Array(repeating: Writer(), count: writers)
        if case .load(let ticket) = cache.beginLoad(key, now: .zero) {
            _ = cache.publish(entry(0), for: key, ticket: ticket, now: .zero)
        }
    }

    func entry(_ version: Int) -> CacheEntry<Int> {
        CacheEntry(version, timeToLive: .seconds(100), freshFor: .seconds(5))
    }

    var enabled: [Int] {
        let awake = readers.indices.filter {
            readers[$0].step != .done && readers[$0].step != .wait
        }
        return awake + writers.indices.filter { writers[$0].step < 3 }.map { $0 + readers.count }
    }

    mutating func step(_ actor: Int) -> String? {
        if actor < readers.count {
            stepReader(actor)
        } else {
            stepWriter(actor - readers.count)
        }
        cache.removed = []
        return violation
    }

    private var violation: String? {
        if let version = cache.entry(of: key)?.value, version < acknowledged {
            return "v\(version) is in the cache after v\(acknowledged) was acknowledged"
        }
        for (number, reader) in readers.enumerated() {
            if let answer = reader.answer, answer < reader.floor {
                return "reader \(number) got v\(answer), v\(reader.floor) was acknowledged before"
            }
        }
        return nil
    }

    var fingerprint: [Int] {
        let ticket = cache.ticket(of: key)
        var marks = [
            primary, acknowledged, remembered ?? -1, cache.entry(of: key)?.value ?? -1,
            cache.entry(of: key)?.isFresh(for: .zero, at: now) == true ? 1 : 0,
            ticket == nil ? -2 : readers.firstIndex { $0.ticket == ticket } ?? -1,
            leader(of: flights.joinableFlight(0)) ?? -1,
        ]
        for reader in readers {
            marks += [
                reader.step.rawValue, reader.floor, reader.answer ?? -1, reader.known ?? -1,
                reader.value ?? -1, reader.isRefresh ? 1 : 0,
                reader.step == .wait ? leader(of: reader.seat?.flight) ?? -2 : -1,
            ]
        }
        for writer in writers { marks += [writer.step, writer.version] }
        return marks
    }

    private func leader(of flight: SingleFlightState<Int, Int?, Int, Int>.FlightID?) -> Int? {
        guard let flight else { return nil }
        return readers.firstIndex { $0.seat?.flight == flight && $0.seat?.isLeader == true }
    }
}

// MARK: Writers

extension RefreshWorld {
    private mutating func stepWriter(_ number: Int) {
        switch writers[number].step {
        case 0:
            primary += 1
            writers[number].version = primary
        case 1: cache.invalidate(key)
        default:
            if rules != .neverDetach { flights.detach(0) }
            acknowledged = max(acknowledged, writers[number].version)
        }
        writers[number].step += 1
    }
}
