import Testing

@testable import StorageKit

@Suite("Times longer than a clock counts")
struct CountableTimeTests {
    @Test("a time is itself up to 292 years, and 292 years from there on")
    func countable() {
        #expect(Duration.milliseconds(1500).countable == .milliseconds(1500))
        #expect(Duration.seconds(Int64.max).countable == .nanoseconds(Int64.max))
    }

    @Test("patience for ever can be slept on, until the task is cancelled")
    func patience() async {
        let patience = BlockingPatience(limit: .seconds(Int64.max))
        let sleeper = Task { await patience.sleep(patience.limit) }
        sleeper.cancel()
        await sleeper.value
    }

    @Test("a pause that doubles from the longest there is stays within its bound")
    func pause() {
        var retry = TransactionRetry { 1 }
        retry.firstPause = .seconds(Int64.max)
        #expect(retry.pauseLength(after: 30) == retry.longestPause)
    }
}
