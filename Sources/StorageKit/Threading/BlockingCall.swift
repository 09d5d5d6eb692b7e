internal import Synchronization

/// What a queue of blocking work holds: something that is run or refused, exactly once.
protocol BlockingJob<Resource>: AnyObject, Sendable {
    associatedtype Resource: BlockingResource

    /// Runs it with a worker's resource, unless it was cancelled meanwhile.
    func run(with resource: Resource)

    /// Whether it was cancelled, so that nothing need be prepared for it.
    var isOver: Bool { get }

    /// Ends it with an error instead; only for a job that was not run.
    func refuse(_ error: StorageError)

    /// Whether it may be finished together with others.
    var mayShare: Bool { get }

    /// Runs it and keeps its outcome until the group is finished.
    ///
    /// - Returns: Whether it was run; `false` when it was cancelled meanwhile.
    func perform(with resource: Resource) -> Bool

    /// Ends it with the outcome it has kept.
    func complete()

    /// Ends it with an error in place of the outcome it has kept.
    func fail(_ error: StorageError)

    /// Runs it again by itself, since what it did was undone; refused if it was cancelled
    /// meanwhile.
    func runAgain(with resource: Resource)
}

/// One call on its way through ``BlockingWorkers``: it resumes its task exactly once, whatever
/// comes.
///
/// ```
///           wait            run               body returned
///  created ──────▶ waiting ─────▶ running ───────────────────▶ over
///     │ cancel      │   ▲ cancel    │ │ cancel: interrupts and stays
///     ▼             ▼   │ refuse    │ ▼
///  over          over   │           │ running
///                       │           │ body returned, in a group
///                       │ run again ▼               complete, fail
///                       └──────── performed ───────────────▶ over
///                                   cancel: is remembered, and refused if it were to run again
/// ```
///
/// The lock is held while an interruption is delivered and taken again before the result is: once a
/// call is over, no interruption of its can reach the resource, which by then may serve another.
final class BlockingCall<Resource: BlockingResource, Outcome: Sendable>: BlockingJob {
    enum Phase {
        case created
        case waiting(BlockingWaiter<Outcome>)
        case running(
            BlockingWaiter<Outcome>, Resource.Interrupter, isCancelled: Bool)
        case performed(BlockingWaiter<Outcome>, Outcome, isCancelled: Bool)
        case over
    }

    let mayShare: Bool
    let phase = Mutex<Phase>(.created)
    /// Let go when the call is over, however it ended: a refused one stays in the queue until a
    /// worker comes by, which may be long when the workers are stuck.
    let body: Mutex<(@Sendable (Resource) -> Outcome)?>
    private let refused: @Sendable (StorageError) -> Outcome

    /// Creates a call.
    ///
    /// - Parameters:
    ///   - mayShare: Whether it may be finished together with others, and run again if need be.
    ///   - body: The work, on the worker's thread.
    ///   - refused: The outcome when the work is not run, or does not count.
    init(
        mayShare: Bool, body: @escaping @Sendable (Resource) -> Outcome,
        refused: @escaping @Sendable (StorageError) -> Outcome
    ) {
        self.mayShare = mayShare
        self.body = Mutex(body)
        self.refused = refused
    }

    /// Takes who is to be resumed.
    ///
    /// - Returns: Whether the call is to be queued; `false` when it was cancelled before, and
    ///   resumed.
    func wait(_ continuation: BlockingWaiter<Outcome>) -> Bool {
        let waits = phase.withLock { phase in
            guard case .created = phase else { return false }
            phase = .waiting(continuation)
            return true
        }
        if !waits { continuation.resume(returning: refused(.cancelled())) }
        return waits
    }

    func run(with resource: Resource) {
        guard begin(resource.interrupter) else { return }
        guard let outcome = takeBody()?(resource) else { return }
        finish()?.resume(returning: outcome)
    }

    var isOver: Bool {
        phase.withLock { phase in
            if case .over = phase { true } else { false }
        }
    }

    func refuse(_ error: StorageError) {
        let continuation = phase.withLock { phase -> BlockingWaiter<Outcome>? in
            guard case .waiting(let continuation) = phase else { return nil }
            phase = .over
            return continuation
        }
        resume(continuation, refusedWith: error)
    }

    /// Ends the call early: refused if it has not started, interrupted if it is running.
    func cancel() {
        let continuation = phase.withLock { phase -> BlockingWaiter<Outcome>? in
            switch phase {
            case .created:
                phase = .over
                return nil
            case .waiting(let continuation):
                phase = .over
                return continuation
            case .running(let continuation, let interrupter, _):
                interrupter.interrupt()
                phase = .running(continuation, interrupter, isCancelled: true)
                return nil
            case .performed(let continuation, let outcome, _):
                phase = .performed(continuation, outcome, isCancelled: true)
                return nil
            case .over:
                return nil
            }
        }
        resume(continuation, refusedWith: .cancelled())
    }

    /// Refuses the call if it has not started; one that runs goes on.
    func cancelWaiting() {
        let continuation = phase.withLock { phase -> BlockingWaiter<Outcome>? in
            switch phase {
            case .created:
                phase = .over
                return .nobody
            case .waiting(let continuation):
                phase = .over
                return continuation
            case .running, .performed, .over:
                return nil
            }
        }
        resume(continuation, refusedWith: .cancelled())
    }

    func resume(
        _ continuation: BlockingWaiter<Outcome>?, refusedWith error: StorageError
    ) {
        guard let continuation else { return }
        _ = takeBody()
        continuation.resume(returning: refused(error))
    }

    func takeBody() -> (@Sendable (Resource) -> Outcome)? { body.withLock { $0.take() } }

    func begin(_ interrupter: Resource.Interrupter) -> Bool {
        // Before the lock: nobody can interrupt a call that is not running, and `reset` may block.
        interrupter.reset()
        return phase.withLock { phase in
            guard case .waiting(let continuation) = phase else { return false }
            phase = .running(continuation, interrupter, isCancelled: false)
            return true
        }
    }

    private func finish() -> BlockingWaiter<Outcome>? {
        phase.withLock { phase in
            guard case .running(let continuation, _, _) = phase else { return nil }
            phase = .over
            return continuation
        }
    }
}
