/// Counts what comes of calls and decides whether the next one is made, as a value.
///
/// ```
///               enough of a window failed             the pause is over
///     closed ────────────────────────────▶ open ────────────────────────▶ probing
///       ▲                                   ▲                               │  │
///       │                                   └──── failed: twice the pause ──┘  │
///       └───────────────────────────── succeeded ──────────────────────────────┘
/// ```
///
/// While it probes one call is made and all others are refused. A probe that does not end within
/// the pause is given up, and another may be made. Calls from before the last transition are not
/// counted: each carries the number of the transitions until it was let through.
struct CircuitBreakerState: Sendable {
    /// What came of a call.
    enum Outcome: Sendable {
        case succeeded
        case failed
        /// Its task was cancelled: nothing is known.
        case unknown
    }

    /// A call that was let through.
    struct Call: Hashable, Sendable {
        fileprivate let epoch: Int
    }

    private enum Phase {
        case closed(since: Duration, calls: Int, failures: Int)
        case open(until: Duration)
        case probing(until: Duration)
    }

    let policy: CircuitBreakerPolicy
    private var phase: Phase
    private var epoch = 0
    private var pause: Duration

    init(_ policy: CircuitBreakerPolicy, now: Duration) {
        self.policy = policy
        phase = .closed(since: now, calls: 0, failures: 0)
        pause = policy.pause
    }

    /// Whether calls are made as they come.
    var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }

    /// Lets a call through, or refuses it.
    mutating func admit(now: Duration) -> Call? {
        switch phase {
        case .closed: break
        case .open(let end), .probing(let end):
            guard end <= now else { return nil }
            enter(.probing(until: now + pause))
        }
        return Call(epoch: epoch)
    }

    /// A call is over.
    mutating func ended(_ call: Call, _ outcome: Outcome, now: Duration) {
        guard call.epoch == epoch else { return }
        switch phase {
        case .closed(let since, let calls, let failures):
            count(outcome, since: since, calls: calls, failures: failures, now: now)
        case .probing: probed(outcome, now: now)
        case .open: break
        }
    }

    private mutating func count(
        _ outcome: Outcome, since: Duration, calls: Int, failures: Int, now: Duration
    ) {
        guard outcome != .unknown else { return }
        let isOver = since + policy.window <= now
        let calls = (isOver ? 0 : calls) + 1
        let failures = (isOver ? 0 : failures) + (outcome == .failed ? 1 : 0)
        phase = .closed(since: isOver ? now : since, calls: calls, failures: failures)
        guard outcome == .failed, calls >= policy.minimumCalls,
            Double(failures) >= policy.failureShare * Double(calls)
        else { return }
        enter(.open(until: now + pause))
    }

    private mutating func probed(_ outcome: Outcome, now: Duration) {
        switch outcome {
        case .succeeded:
            pause = policy.pause
            enter(.closed(since: now, calls: 0, failures: 0))
        case .failed:
            pause = min(pause * 2, policy.longestPause)
            enter(.open(until: now + pause))
        case .unknown: enter(.open(until: now))
        }
    }

    private mutating func enter(_ phase: Phase) {
        self.phase = phase
        epoch += 1
    }
}
