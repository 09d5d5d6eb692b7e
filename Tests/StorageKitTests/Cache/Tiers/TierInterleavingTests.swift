import Testing

/// Every interleaving in small worlds of two tiers; see ``TierWorld`` for what a step is.
@Suite("In every interleaving of two tiers")
struct TierInterleavingTests {
    struct Size: CustomStringConvertible, Sendable {
        var hasOwnWriter = false
        var budget: TierWorld.Budget

        var description: String { "own writer \(hasOwnWriter), \(budget)" }
    }

    // All faults in one world with four ticks take more than a minute in a debug build: explored by
    // hand, nothing found. An own write has nothing to do with the clock and the faults.
    static let sizes = [
        Size(budget: .init(ticks: 2, beats: 2, cuts: 1, losses: 0)),
        Size(budget: .init(ticks: 2, beats: 2, cuts: 0, losses: 1)),
        Size(hasOwnWriter: true, budget: .init(ticks: 1, beats: 1, cuts: 0, losses: 0)),
    ]

    @Test(
        "no local hit is older than the bound, and none older than an own write",
        arguments: sizes)
    func complete(size: Size) {
        let explorer = Explorer(
            TierWorld(
                .complete, readers: 2, hasOwnWriter: size.hasOwnWriter, budget: size.budget))
        #expect(explorer.violation == nil)
        #expect(explorer.states > 1_000)
    }

    @Test(
        "the explorer finds what goes wrong when a rule is left out",
        arguments: TierWorld.Rules.allCases.filter { $0 != .complete })
    func incomplete(rules: TierWorld.Rules) {
        let explorer = Explorer(
            TierWorld(rules, readers: 2, hasOwnWriter: rules == .localFirst))
        #expect(explorer.violation != nil)
    }
}
