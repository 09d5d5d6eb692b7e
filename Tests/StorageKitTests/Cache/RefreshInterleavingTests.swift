import Testing

/// Every interleaving of readers of a stale entry with writers; see ``RefreshWorld``.
@Suite("In every interleaving of readers of what is stale")
struct RefreshInterleavingTests {
    struct Size: CustomStringConvertible, Sendable {
        var readers: Int
        var writers: Int

        var description: String { "\(readers) readers, \(writers) writers" }
    }

    private static let sizes = [
        Size(readers: 2, writers: 1), Size(readers: 3, writers: 1), Size(readers: 2, writers: 2),
    ]

    @Test(
        "nothing older than an acknowledged write is cached or read", arguments: sizes,
        [RefreshWorld.Window.revalidating, .rescuing])
    func complete(size: Size, window: RefreshWorld.Window) {
        let explorer = Explorer(
            RefreshWorld(.complete, window, readers: size.readers, writers: size.writers))
        #expect(explorer.violation == nil)
        #expect(explorer.states > 100)
    }

    @Test(
        "the explorer finds what goes wrong when a rule is left out",
        arguments: RefreshWorld.Rules.allCases.filter { $0 != .complete })
    func incomplete(rules: RefreshWorld.Rules) {
        let violations = [RefreshWorld.Window.revalidating, .rescuing].compactMap { window in
            Explorer(RefreshWorld(rules, window, readers: 3, writers: 1)).violation
        }
        #expect(!violations.isEmpty)
    }
}
