internal import Synchronization

/// One call that is given up after a while, whether or not it heeds its cancellation.
///
/// The call has a task of its own, for a task group would wait for it. Whoever is first settles the
/// outcome: the call, the timer, or the cancellation of the caller. An answer that comes later is
/// given to `late`, in a task that is not cancelled.
final class TimedCall<Answer: Sendable>: Sendable {
    typealias Outcome = Result<Answer, StorageError>

    private enum State {
        case running
        case awaited(CheckedContinuation<Outcome, Never>)
        case settled(Outcome)

        var isSettled: Bool {
            if case .settled = self { true } else { false }
        }

        var waiter: CheckedContinuation<Outcome, Never>? {
            if case .awaited(let waiter) = self { waiter } else { nil }
        }
    }

    private let state = Mutex(State.running)
    private let late: @Sendable (Answer) async -> Void

    init(late: @escaping @Sendable (Answer) async -> Void) { self.late = late }

    func run(
        _ body: @escaping @Sendable () async throws(StorageError) -> Answer,
        within timeout: Duration, clock: SleepingClock, orElse error: StorageError
    ) async -> Outcome {
        let call = Task {
            let outcome = await Result(awaiting: body)
            if !settle(outcome), case .success(let answer) = outcome {
                Task { await late(answer) }
            }
        }
        let timer = Task {
            if await clock.sleep(for: timeout), settle(.failure(error)) { call.cancel() }
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            if settle(.failure(.cancelled(operation: error.operation))) { call.cancel() }
        }
    }

    /// - Returns: Whether this is the outcome; otherwise there was one.
    private func settle(_ outcome: Outcome) -> Bool {
        let (isFirst, waiter) = state.withLock { state in
            defer { if !state.isSettled { state = .settled(outcome) } }
            return (!state.isSettled, state.waiter)
        }
        waiter?.resume(returning: outcome)
        return isFirst
    }

    private func wait(_ waiter: CheckedContinuation<Outcome, Never>) {
        let outcome = state.withLock { state -> Outcome? in
            if case .settled(let outcome) = state { return outcome }
            state = .awaited(waiter)
            return nil
        }
        if let outcome { waiter.resume(returning: outcome) }
    }
}
