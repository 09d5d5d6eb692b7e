import StorageKitTesting
import Testing

@Suite("ManualClock", .timeLimit(.minutes(5)))
struct ManualClockTests {
    private let clock = ManualClock()

    @Test("stands still until it is moved")
    func advance() {
        let begin = clock.now
        #expect(clock.now == begin)
        clock.advance(by: .milliseconds(1500))
        #expect(begin.duration(to: clock.now) == .milliseconds(1500))
        #expect(begin < clock.now)
    }

    @Test("wakes a sleeper at its deadline and not before")
    func wake() async throws {
        let sleeper = Task { [clock] in try await clock.sleep(for: .seconds(2)) }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        #expect(clock.sleepers == 1)
        clock.advance(by: .seconds(1))
        #expect(clock.sleepers == 0)
        try await sleeper.value
    }

    @Test("does not put to sleep whose deadline has passed")
    func past() async throws {
        clock.advance(by: .seconds(1))
        try await clock.sleep(until: .init(offset: .seconds(1)))
    }

    @Test("wakes a cancelled sleeper at once, and one that was cancelled before")
    func cancel() async {
        let sleeper = Task { [clock] in try await clock.sleep(for: .seconds(1)) }
        await clock.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let early = Task { [clock] in
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await early.value }
        #expect(clock.sleepers == 0)
    }

    @Test("waits for as many sleepers as the test expects")
    func watchers() async throws {
        let sleepers = (1...3).map { second in
            Task { [clock] in try await clock.sleep(for: .seconds(second)) }
        }
        await clock.waitForSleepers(3)
        clock.advance(by: .seconds(3))
        for sleeper in sleepers { try await sleeper.value }
    }
}
