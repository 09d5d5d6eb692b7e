import Testing

/// Every interleaving of refreshes with writers of every kind; see ``WriteWorld``.
@Suite("In every interleaving of refreshes and writes")
struct InMemoryCacheInterleavingTests {
    static let writers: [[WriteWorld.Kind]] = [
        [.plain, .plain], [.strict, .strict], [.strict, .plain], [.versioned, .versioned],
        [.versioned, .plain], [.strict, .versioned],
    ]

    @Test(
        "nothing is served that is older than an acknowledged write, or a committed strict one",
        arguments: writers, [0, 1])
    func complete(writers: [WriteWorld.Kind], ticks: Int) {
        let lags = writers.allSatisfy { $0 == .versioned }
        let explorer = Explorer(
            WriteWorld(.complete, loaders: 3, writers: writers, lagging: lags, ticks: ticks))
        #expect(explorer.violation == nil)
        #expect(explorer.states > 1000)
    }

    @Test(
        "the explorer finds what goes wrong when a rule is left out",
        arguments: WriteWorld.Rules.allCases.filter { $0 != .complete })
    func incomplete(rules: WriteWorld.Rules) {
        let violations = Self.writers.compactMap { writers in
            Explorer(
                WriteWorld(rules, loaders: 2, writers: writers, lagging: rules == .noFloor)
            ).violation
        }
        #expect(!violations.isEmpty)
    }
}
