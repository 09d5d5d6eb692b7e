import Testing

/// Every interleaving in small worlds; see ``CacheWorld`` for what a step is.
@Suite("In every interleaving")
struct CacheInterleavingTests {
    struct Size: CustomStringConvertible, Sendable {
        var readers: Int
        var writers: Int
        var ticks = 0

        var description: String { "\(readers) readers, \(writers) writers, \(ticks) ticks" }
    }

    // A tick ends every entry's time to live and every lease. Three readers, two writers and a tick
    // are 800,000 states and half a minute in a debug build: explored by hand, nothing found.
    static let sizes = [
        Size(readers: 2, writers: 1), Size(readers: 3, writers: 1), Size(readers: 2, writers: 2),
        Size(readers: 2, writers: 1, ticks: 2), Size(readers: 3, writers: 1, ticks: 1),
    ]

    @Test(
        "nothing older than an acknowledged write is cached or read", arguments: sizes,
        [true, false])
    func complete(size: Size, isWarm: Bool) {
        let explorer = Explorer(
            CacheWorld(
                .complete, readers: size.readers, writers: size.writers, ticks: size.ticks,
                isWarm: isWarm))
        #expect(explorer.violation == nil)
        #expect(explorer.states > 100)
    }

    @Test(
        "the explorer finds what goes wrong when a rule is left out",
        arguments: CacheWorld.Rules.allCases.filter { $0 != .complete })
    func incomplete(rules: CacheWorld.Rules) {
        let violations = [true, false].compactMap { isWarm in
            Explorer(CacheWorld(rules, readers: 3, writers: 1, isWarm: isWarm)).violation
        }
        #expect(!violations.isEmpty)
    }
}
