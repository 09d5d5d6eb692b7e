import StorageKit
import StorageKitTesting
import Testing

@Suite("The model of key-value stores")
struct ModelKeyValueStoreTests {
    @Test("a wait ends even if its time is over before it has begun", .timeLimit(.minutes(1)))
    func waitIsOverAtOnce() async throws {
        let store = ModelKeyValueStore(clock: HastyClock())
        for _ in 0..<2_000 {
            let seen = try await store.listMove(
                from: "l", .first, to: "m", .last, waitingUpTo: .milliseconds(30))
            #expect(seen == nil)
        }
    }
}

/// A clock by which every wait is over at once.
private struct HastyClock: Clock {
    typealias Instant = ManualClock.Instant

    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}
