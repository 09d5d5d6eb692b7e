import StorageKitTesting
import Testing

@testable import KeyValueBackend

@Suite("Waiting before the next attempt")
struct BackOffTests {
    @Test("waits double up to the maximum, and are shortened by no more than the jitter")
    func bounds() {
        var generator = SeededGenerator(seed: transportSeed)
        var backOff = BackOff(
            .init(initial: .milliseconds(10), maximum: .milliseconds(100), jitter: 0.5))
        for whole in [10, 20, 40, 80, 100, 100, 100] {
            let wait = backOff.fail(using: &generator)
            #expect(wait <= .milliseconds(whole))
            #expect(wait >= .milliseconds(whole) / 2)
        }
    }

    @Test("success starts from the beginning")
    func success() {
        var generator = SeededGenerator(seed: transportSeed)
        var backOff = BackOff(.init(initial: .milliseconds(10), maximum: .seconds(9), jitter: 0))
        for _ in 0..<100 { _ = backOff.fail(using: &generator) }
        #expect(backOff.fail(using: &generator) == .seconds(9))
        backOff.succeed()
        #expect(backOff.fail(using: &generator) == .milliseconds(10))
    }
}
