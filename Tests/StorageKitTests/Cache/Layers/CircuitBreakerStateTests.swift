import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A circuit breaker")
struct CircuitBreakerStateTests {
    private static let policy: CircuitBreakerPolicy = {
        var policy = CircuitBreakerPolicy()
        policy.minimumCalls = 4
        policy.failureShare = 0.5
        policy.window = .seconds(10)
        policy.pause = .seconds(1)
        policy.longestPause = .seconds(4)
        return policy
    }()

    private var state = CircuitBreakerState(policy, now: .zero)

    private mutating func call(_ outcome: CircuitBreakerState.Outcome, at now: Duration) -> Bool {
        guard let call = state.admit(now: now) else { return false }
        state.ended(call, outcome, now: now)
        return true
    }

    private mutating func admit(at now: Duration) throws -> CircuitBreakerState.Call {
        let call = state.admit(now: now)
        return try #require(call)
    }

    @Test("opens when enough of enough calls failed, and not before")
    mutating func opening() {
        for outcome: CircuitBreakerState.Outcome in [.failed, .succeeded, .unknown, .succeeded] {
            #expect(call(outcome, at: .zero))
        }
        #expect(state.isClosed, "one of three that say something")
        #expect(call(.failed, at: .zero))
        #expect(!state.isClosed)
        #expect(!call(.succeeded, at: .milliseconds(999)))
    }

    @Test("forgets what failed in an earlier window")
    mutating func windows() {
        for second in 0..<40 { #expect(call(.failed, at: .seconds(second * 5))) }
        #expect(state.isClosed, "never four of them in one window")
    }

    @Test("lets one call try when the pause is over, and closes when that succeeds")
    mutating func probing() throws {
        for _ in 0..<4 { _ = call(.failed, at: .zero) }
        let probe = try admit(at: .seconds(1))
        #expect(state.admit(now: .seconds(1)) == nil)
        state.ended(probe, .succeeded, now: .seconds(1))
        #expect(state.isClosed)
        for _ in 0..<3 { #expect(call(.failed, at: .seconds(1))) }
        #expect(state.isClosed, "counting began anew")
    }

    @Test("waits twice as long after each attempt that failed, up to the longest pause")
    mutating func pauses() {
        for _ in 0..<4 { _ = call(.failed, at: .zero) }
        var now = Duration.zero
        for pause in [1, 2, 4, 4, 4] {
            #expect(!call(.failed, at: now + .seconds(pause) - .nanoseconds(1)))
            now += .seconds(pause)
            #expect(call(.failed, at: now))
        }
        now += .seconds(4)
        #expect(call(.succeeded, at: now))
        for _ in 0..<4 { #expect(call(.failed, at: now)) }
        #expect(call(.succeeded, at: now + .seconds(1)), "the first pause again")
    }

    @Test("tries again when an attempt was cancelled, or never ended")
    mutating func lostProbes() throws {
        for _ in 0..<4 { _ = call(.failed, at: .zero) }
        #expect(call(.unknown, at: .seconds(1)))
        let silent = try admit(at: .seconds(1))
        #expect(state.admit(now: .milliseconds(1999)) == nil)
        let second = try admit(at: .seconds(2))
        state.ended(silent, .succeeded, now: .seconds(2))
        #expect(!state.isClosed, "it is the second one's turn")
        state.ended(second, .succeeded, now: .seconds(2))
        #expect(state.isClosed)
    }

    @Test("does not count calls from before it opened")
    mutating func oldCalls() throws {
        let old = try admit(at: .zero)
        for _ in 0..<4 { _ = call(.failed, at: .zero) }
        state.ended(old, .succeeded, now: .zero)
        #expect(!state.isClosed)
    }

    @Test("never lets two try at once, and never refuses for ever, whatever happens")
    func anything() {
        var generator = SeededGenerator(seed: 20_261_126)
        for _ in 0..<200 {
            var state = CircuitBreakerState(Self.policy, now: .zero)
            var (now, running) = (Duration.zero, [CircuitBreakerState.Call]())
            var lastProbe: Duration?
            for _ in 0..<100 {
                now += .milliseconds(Int.random(in: 0...700, using: &generator))
                let wasClosed = state.isClosed
                if let call = state.admit(now: now) {
                    if !wasClosed, let last = lastProbe, running.contains(where: { $0 == call }) {
                        Issue.record("two at once, since \(last), seed \(generator.seed)")
                    }
                    lastProbe = wasClosed ? nil : now
                    running.append(call)
                }
                guard Bool.random(using: &generator), !running.isEmpty else { continue }
                let call = running.remove(at: running.indices.randomElement(using: &generator)!)
                let outcomes: [CircuitBreakerState.Outcome] = [.succeeded, .failed, .unknown]
                state.ended(call, outcomes.randomElement(using: &generator)!, now: now)
            }
            #expect(state.admit(now: now + Self.policy.longestPause) != nil)
        }
    }
}
