internal import Synchronization

// A call as a member of a group: its body has returned, and its task has to wait until the group is
// finished.
extension BlockingCall {
    func perform(with resource: Resource) -> Bool {
        // The body is kept: it may have to be run again.
        guard begin(resource.interrupter), let body = body.withLock({ $0 }) else { return false }
        let outcome = body(resource)
        phase.withLock { phase in
            guard case .running(let continuation, _, let isCancelled) = phase else { return }
            phase = .performed(continuation, outcome, isCancelled: isCancelled)
        }
        return true
    }

    func complete() {
        let end = phase.withLock { phase -> (BlockingWaiter<Outcome>, Outcome)? in
            guard case .performed(let continuation, let outcome, _) = phase else { return nil }
            phase = .over
            return (continuation, outcome)
        }
        _ = takeBody()
        if let (continuation, outcome) = end { continuation.resume(returning: outcome) }
    }

    func fail(_ error: StorageError) {
        let continuation = phase.withLock { phase -> BlockingWaiter<Outcome>? in
            guard case .performed(let continuation, _, _) = phase else { return nil }
            phase = .over
            return continuation
        }
        resume(continuation, refusedWith: error)
    }

    func runAgain(with resource: Resource) {
        let cancelled = phase.withLock { phase -> BlockingWaiter<Outcome>? in
            guard case .performed(let continuation, _, let isCancelled) = phase else { return nil }
            phase = isCancelled ? .over : .waiting(continuation)
            return isCancelled ? continuation : nil
        }
        resume(cancelled, refusedWith: .cancelled())
        run(with: resource)
    }
}
