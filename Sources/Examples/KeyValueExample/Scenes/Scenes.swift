import ExampleSupport
import StorageKit

/// The steps of the example, each checked.
struct Scenes<Store: ExampleStore>: Sendable {
    /// The example's own part of the store.
    let store: Store
    let terminal: Terminal
    /// Moves the store's clock, where it is ours to move: on a server, time passes by itself.
    let passTime: (@Sendable (Duration) -> Void)?

    func play() async throws {
        try await values()
        try await hashes()
        try await expiry()
        try await counters()
        try await cachedProfile()
        try await sessions()
        try await rateLimit()
        try await leaderboard()
        try await jobQueue()
        try await pipeline()
        try await lock()
    }

    /// Deletes what the example has written, a page of keys at a time.
    func cleanUp() async throws(StorageError) {
        var cursor: ScanCursor?
        repeat {
            let page = try await store.keys(withPrefix: "", after: cursor, limit: 512)
            try await store.delete(page.elements)
            cursor = page.next
        } while cursor != nil
    }

    // MARK: Checks and words

    func check(_ holds: Bool, _ what: @autoclosure () -> String) throws {
        try Unexpected.unless(holds, what())
    }

    /// A value that was read, or `nil`.
    func words(_ value: ByteString?) -> String { value.map { "\($0)" } ?? "nil" }

    /// A time to live, for a person.
    func words(_ time: TimeToLive) -> String {
        switch time {
        case .absent: "absent: there is no such key"
        case .unlimited: "unlimited"
        case .remaining(let time): words(time)
        }
    }

    /// A time in whole seconds, or minutes where it is some of them.
    func words(_ time: Duration) -> String {
        let seconds = Int((time / .seconds(1)).rounded(.up))
        return seconds >= 600 && seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }

    /// Lets a key's time come, where the clock is ours, and checks that the key is gone.
    func expectGone(_ key: ByteString, after time: Duration) async throws {
        guard let passTime else { return }
        passTime(time)
        let left = try await store.timeToLive(of: key)
        try check(left == .absent, "\(key) is still there after its time")
        terminal.call("\(words(time)) later: timeToLive(of: \"\(key)\")", words(left))
    }

    /// Checks that a key will vanish after no more than this time, and says when.
    func expectTimeToLive(of key: ByteString, upTo limit: Duration) async throws {
        let left = try await store.timeToLive(of: key)
        guard case .remaining(let time) = left, time > .zero, time <= limit else {
            throw Unexpected(what: "\(key) should vanish within \(limit); its time is \(left)")
        }
        terminal.call("timeToLive(of: \"\(key)\")", words(left))
    }
}
