internal import StorageKit
internal import Synchronization

/// One call that waits for a list: it is resumed exactly once, whatever comes.
///
/// ```
///                wait                claim                deliver
///   registered ───────▶ waiting ─────────────▶ claimed ───────────────▶ over, resumed
///       │                                       ▲  │
///       └─────────────────────claim─────────────┘  └ deliver before wait: delivered
/// ```
///
/// Three can end a wait: who pushes a value, the clock and a cancellation. Whoever claims it first
/// does. A push claims before it takes the value out of the list, with the stripe locked, so a
/// value is never taken for a call that is over; a cancellation that comes after the claim is too
/// late, and the value is returned: nothing is lost.
final class ListWaiter: Sendable {
    typealias Outcome = Result<ListElement?, StorageError>

    private enum Phase {
        case registered
        case waiting(CheckedContinuation<Outcome, Never>)
        case claimed(CheckedContinuation<Outcome, Never>?)
        case delivered(Outcome)
        case over
    }

    /// The lists it takes from, in order of preference.
    let sources: [HashedKey<ByteString>]
    /// The end it takes from.
    let end: ListEnd
    /// Where the value moves to, if it moves.
    let target: (key: HashedKey<ByteString>, end: ListEnd)?

    private let phase = Mutex(Phase.registered)

    init(
        sources: [ByteString], _ end: ListEnd, target: (key: ByteString, end: ListEnd)? = nil
    ) {
        self.sources = sources.map(HashedKey.init)
        self.end = end
        self.target = target.map { (HashedKey($0.key), $0.end) }
    }

    /// Every key it touches.
    var keys: [HashedKey<ByteString>] { sources + (target.map { [$0.key] } ?? []) }

    /// Whether somebody has claimed it.
    var isClaimed: Bool {
        phase.withLock { phase in
            switch phase {
            case .registered, .waiting: false
            case .claimed, .delivered, .over: true
            }
        }
    }

    /// Waits for the outcome; once.
    func outcome() async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            end(.failure(.cancelled()))
        }
    }

    /// Takes the right to end the wait.
    ///
    /// - Returns: Whether nobody had it; the caller must then deliver an outcome.
    func claim() -> Bool {
        phase.withLock { phase in
            switch phase {
            case .registered: phase = .claimed(nil)
            case .waiting(let continuation): phase = .claimed(continuation)
            case .claimed, .delivered, .over: return false
            }
            return true
        }
    }

    /// Ends the wait that was claimed.
    func deliver(_ outcome: Outcome) {
        let continuation = phase.withLock { phase -> CheckedContinuation<Outcome, Never>? in
            guard case .claimed(let continuation) = phase else { return nil }
            phase = continuation == nil ? .delivered(outcome) : .over
            return continuation
        }
        continuation?.resume(returning: outcome)
    }

    /// Ends the wait if nobody else does.
    func end(_ outcome: Outcome) {
        if claim() { deliver(outcome) }
    }

    private func wait(_ continuation: CheckedContinuation<Outcome, Never>) {
        let outcome = phase.withLock { phase -> Outcome? in
            switch phase {
            case .registered: phase = .waiting(continuation)
            case .claimed: phase = .claimed(continuation)
            case .delivered(let outcome):
                phase = .over
                return outcome
            case .waiting, .over: break
            }
            return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
    }
}
