import Testing

/// Every interleaving in small worlds; see ``CacheWorld`` for what a step is.
@Suite("In every interleaving")
struct CacheInterleavingTests {
    typealias Setup = CacheWorld.Setup

    // A tick ends every entry's time to live, every lease and every barrier. Three readers, two
    // writers and a tick are 498,077 states: explored by hand, nothing found.
    static let readers = [
        Setup(readers: 2, writers: [.plain]),
        Setup(readers: 3, writers: [.plain]),
        Setup(readers: 2, writers: [.plain, .plain]),
        Setup(readers: 2, writers: [.plain], ticks: 2),
        Setup(readers: 3, writers: [.plain], ticks: 1),
    ]

    @Test(
        "nothing older than an acknowledged write is cached or read", arguments: readers,
        [true, false])
    func readersAndWriters(setup: Setup, isWarm: Bool) {
        expectNothing(in: setup, isWarm)
    }

    static let writers: [[CacheWorld.Kind]] = [
        [.plain, .plain], [.strict, .strict], [.strict, .plain], [.versioned, .versioned],
        [.versioned, .plain], [.strict, .versioned],
    ]

    @Test(
        "nothing is served that is older than an acknowledged write, or a committed strict one",
        arguments: writers, [true, false])
    func refreshesAndWriters(writers: [CacheWorld.Kind], isWarm: Bool) {
        let lags = writers.allSatisfy { $0 == .versioned }
        expectNothing(in: Setup(refreshes: 3, writers: writers, lags: lags), isWarm)
        expectNothing(in: Setup(refreshes: 2, writers: writers, ticks: 1, lags: lags), isWarm)
        expectNothing(in: Setup(readers: 1, refreshes: 1, writers: writers, lags: lags), isWarm)
    }

    private func expectNothing(in setup: Setup, _ isWarm: Bool) {
        var setup = setup
        setup.isWarm = isWarm
        let explorer = Explorer(CacheWorld(setup))
        #expect(explorer.violation == nil)
        #expect(explorer.states > 100)
    }

    static let broken = [
        Setup(rules: .cacheAside, readers: 1, writers: [.plain]),
        Setup(rules: .cacheAside, refreshes: 1, writers: [.strict]),
        Setup(rules: .ticketPerClient, readers: 2, writers: [.plain]),
        Setup(rules: .detachFirst, readers: 3, writers: [.plain]),
        Setup(rules: .neverDetach, readers: 2, writers: [.plain]),
        Setup(rules: .keepRegistration, readers: 1, writers: [.plain]),
        Setup(rules: .keepRegistration, refreshes: 1, writers: [.versioned]),
        Setup(rules: .uncontended, writers: [.strict, .strict]),
        Setup(rules: .noBarrier, refreshes: 1, writers: [.strict]),
        Setup(rules: .noFloor, refreshes: 1, writers: [.versioned], lags: true),
        Setup(rules: .putWhereNothingIs, writers: [.versioned, .versioned]),
    ]

    @Test("the explorer finds what goes wrong when a rule is left out", arguments: broken)
    func incomplete(setup: Setup) {
        #expect(Explorer(CacheWorld(setup)).violation != nil)
        var complete = setup
        complete.rules = .complete
        #expect(Explorer(CacheWorld(complete)).violation == nil, "the rule is not the reason")
    }

    @Test("a rule is left out for each of those that there are")
    func everyRule() {
        #expect(
            Set(Self.broken.map(\.rules)).union([.complete]) == Set(CacheWorld.Rules.allCases))
    }
}
