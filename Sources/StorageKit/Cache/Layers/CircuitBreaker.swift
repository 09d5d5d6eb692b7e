internal import Synchronization

/// Makes calls of something that may be broken: ``CircuitBreakerState`` with a lock and a clock.
final class CircuitBreaker: Sendable {
    private let policy: CircuitBreakerPolicy
    private let clock: SleepingClock
    private let state: Mutex<CircuitBreakerState>

    init(_ policy: CircuitBreakerPolicy, clock: SleepingClock) {
        self.policy = policy
        self.clock = clock
        state = Mutex(CircuitBreakerState(policy, now: clock.now))
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Makes the call, or refuses it.
    ///
    /// - Parameters:
    ///   - operation: What the call is called in errors.
    ///   - isWriting: Whether a call that was given up may have had an effect that matters.
    ///   - late: What to do with an answer that came after the call was given up.
    /// - Throws: ``StorageError/Code/unavailable`` when refused, ``StorageError/Code/timedOut``
    ///   when given up.
    func call<Answer: Sendable>(
        _ operation: String, isWriting: Bool = false,
        late: @escaping @Sendable (Answer) async -> Void = { _ in },
        _ body: @escaping @Sendable () async throws(StorageError) -> Answer
    ) async throws(StorageError) -> Answer {
        let begin = clock.now
        guard let call = state.withLock({ $0.admit(now: begin) }) else { throw refused(operation) }
        let outcome: Result<Answer, StorageError>
        if let timeout = policy.callTimeout {
            let error = timedOut(operation, after: timeout, isWriting: isWriting)
            outcome = await TimedCall(late: late).run(
                body, within: timeout, clock: clock, orElse: error)
        } else {
            outcome = await Result(awaiting: body)
        }
        let end = clock.now
        state.withLock { $0.ended(call, judge(outcome, time: end - begin), now: end) }
        return try outcome.get()
    }

    private func judge(
        _ outcome: Result<some Sendable, StorageError>, time: Duration
    ) -> CircuitBreakerState.Outcome {
        switch outcome {
        case .success:
            policy.slowCallTime.map { $0 <= time } ?? false ? .failed : .succeeded
        case .failure(let error):
            error.code == .cancelled ? .unknown : Self.isFailure(error) ? .failed : .succeeded
        }
    }

    /// Whether an error says that the cache answers nobody: it cannot be reached, it is silent, it
    /// has more to do than it can, one does not get past its door, or nobody can read its answers.
    ///
    /// Every other error is the answer of a cache that works to one call, and whoever calls it
    /// rightly is served: an argument that is refused, a write to a read-only replica, a call that
    /// this cache was not made for, a conflict with another caller.
    private static func isFailure(_ error: StorageError) -> Bool {
        let failures: [StorageError.Code] = [
            .unavailable, .timedOut, .busy, .resourceExhausted, .unauthenticated, .corrupted,
        ]
        return failures.contains(error.code)
    }

    private func refused(_ operation: String) -> StorageError {
        StorageError(
            code: .unavailable,
            message: "the cache has failed too often and is not asked for a while; do without it",
            operation: operation)
    }

    private func timedOut(
        _ operation: String, after timeout: Duration, isWriting: Bool
    ) -> StorageError {
        StorageError(
            code: .timedOut, message: "the cache did not answer within \(timeout)",
            operation: operation, mayHaveBeenApplied: isWriting)
    }
}
