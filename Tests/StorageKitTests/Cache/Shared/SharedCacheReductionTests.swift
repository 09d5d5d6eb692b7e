import Testing

/// What the explorer leaves out of ``SharedCacheWorld``, against small worlds with everything.
@Suite("What is left out of the interleavings of several processes")
struct SharedCacheReductionTests {
    typealias Setup = SharedCacheWorld.Setup

    static let complete = [
        Setup(readers: [0, 0], writers: [.plain(1)]),
        Setup(readers: [0, 1], writers: [.plain(0)], isWarm: true),
        Setup(readers: [0, 0], writers: [.plain(0)], leasesOnRead: true),
        Setup(readers: [0], writers: [.strict(0), .plain(1)]),
        Setup(readers: [0, 0], writers: [.strict(0)], forgets: false),
        Setup(readers: [0], writers: [.versioned(0), .versioned(1)], isWarm: true),
        Setup(
            readers: [0, 1], writers: [.versioned(0)], isWarm: true, forgets: false,
            replicaLags: true),
        Setup(
            readers: [0, 1], writers: [.versioned(0), .invalidating(1)], isWarm: true,
            forgets: false, replicaLags: true),
        Setup(readers: [0], writers: [.clearing(0), .tagging(1)]),
        Setup(readers: [0], writers: [.tagging(0), .taggingOthers(0)]),
        Setup(readers: [], writers: [.strict(0), .clearing(1)], isWarm: true),
        Setup(readers: [0, 0], writers: [.plain(0)], hasTiers: true),
    ]

    static let broken = [
        Setup(rules: .cacheAside, readers: [0, 0], writers: [.plain(1)]),
        Setup(rules: .doubleDelete, readers: [0, 0], writers: [.plain(1)]),
        Setup(rules: .tokenPerProcess, readers: [0, 0], writers: [.plain(1)]),
        Setup(rules: .refreshByValue, readers: [0], writers: [.plain(0), .plain(1)], isWarm: true),
        Setup(rules: .forgetContention, readers: [], writers: [.strict(0), .strict(1)]),
        Setup(rules: .localFirst, readers: [0], writers: [.plain(0)], hasTiers: true, isWarm: true),
        Setup(rules: .trustEveryLoad, readers: [0, 0], writers: [.plain(1)]),
        Setup(rules: .countGenerations, readers: [0], writers: [.clearing(0)], isWarm: true),
        Setup(rules: .epochOfPublication, readers: [0], writers: [.tagging(0)]),
    ]

    @Test("no state and nothing that is wrong is left out", arguments: complete + broken)
    func nothingIsLost(setup: Setup) {
        let check = ReductionCheck(SharedCacheWorld(setup))
        #expect(check.unexplored == 0)
        #expect(check.unlike == 0)
        #expect(check.findings == check.reducedFindings)
        #expect(check.reducedStates < check.states)
    }

    @Test("what is left out without a reason is noticed", arguments: CarelessWorld.Fault.allCases)
    func carelessness(fault: CarelessWorld.Fault) {
        let setup = Setup(rules: .cacheAside, readers: [0], writers: [.plain(1)])
        let check = ReductionCheck(CarelessWorld(world: SharedCacheWorld(setup), fault: fault))
        switch fault {
        case .hurries:
            #expect(check.unexplored > 0)
            #expect(check.findings != check.reducedFindings)
        case .forgets: #expect(check.unlike > 0)
        }
    }
}
