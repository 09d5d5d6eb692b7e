import Synchronization

/// The first of several outcomes, for one who waits for it; `nil` when nothing came in time.
final class FirstOutcome<Value: Sendable>: Sendable {
    typealias Outcome = Result<Value, any Error>?

    private enum State: Sendable {
        case open
        case waiting(CheckedContinuation<Outcome, Never>)
        case settled(Outcome)
    }

    private let state = Mutex(State.open)

    /// Settles it, unless it is settled.
    func settle(_ outcome: Outcome) {
        let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            switch state {
            case .settled: return nil
            case .open:
                state = .settled(outcome)
                return nil
            case .waiting(let continuation):
                state = .settled(outcome)
                return continuation
            }
        }
        waiting?.resume(returning: outcome)
    }

    /// Waits for it; one caller at the most.
    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            let settled: Outcome? = state.withLock { state in
                if case .settled(let outcome) = state { return .some(outcome) }
                state = .waiting(continuation)
                return nil
            }
            if let settled { continuation.resume(returning: settled) }
        }
    }
}
