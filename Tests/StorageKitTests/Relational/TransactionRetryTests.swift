import Testing

@testable import StorageKit

@Suite("Pauses between attempts of a transaction")
struct TransactionRetryTests {
    @Test("they double up to a limit, and never exceed it", arguments: [0, 0.5, 1])
    func lengths(fraction: Double) {
        var retry = TransactionRetry(fraction: { fraction })
        retry.firstPause = .milliseconds(10)
        retry.longestPause = .milliseconds(60)
        let full: [Int] = [10, 20, 40, 60, 60]
        #expect(
            (1...5).map { retry.pauseLength(after: $0) }
                == full.map { .milliseconds($0) * fraction })
        #expect(retry.pauseLength(after: .max) == .milliseconds(60) * fraction)
    }

    @Test("chance beyond 0 and 1 makes no pause longer, and none negative")
    func bounds() {
        let longer = TransactionRetry(fraction: { 2 })
        #expect(longer.pauseLength(after: 1) == longer.firstPause)
        #expect(TransactionRetry(fraction: { -1 }).pauseLength(after: 1) == .zero)
    }
}
