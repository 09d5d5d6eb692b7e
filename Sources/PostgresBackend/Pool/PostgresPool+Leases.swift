internal import StorageKit
internal import Synchronization

/// Connections that one task has to itself.
extension PostgresPool {
    /// A connection for one task alone, until ``release(_:)``.
    func lease() async throws(StorageError) -> PostgresLink {
        if Task.isCancelled { throw .cancelled() }
        let call = CancellationToken()
        let grant = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let number = wait(waiter)
                if let number, call.begin(number) { cancel(number) }
            }
        } onCancel: {
            if let number = call.cancel() { cancel(number) }
        }
        switch grant {
        case .link(let link): return link
        case .refused(let error): throw error
        }
    }

    /// Gives a connection back that is as it was.
    func release(_ link: PostgresLink) {
        change { $0.pool.released(link.number, now: .now) }
    }

    /// - Returns: The number to cancel by, unless the waiter was resumed.
    func wait(_ waiter: CheckedContinuation<Grant, Never>) -> UInt64? {
        let now = Moment.now
        let (grant, number, work) = state.withLock { state -> (Grant?, UInt64?, Work) in
            let decision = state.pool.submit(
                .lease(waiter), .lease, now: now, deadline: now + settings.patience)
            switch decision {
            case .closed: return (.refused(.poolClosed), nil, Work())
            case .waits(let number): return (nil, number, state.settle())
            case .granted(let number):
                let grant = state.links[number].map { Grant.link($0) }
                return (grant ?? .refused(.connectionLost("")), nil, Work())
            }
        }
        if let grant { waiter.resume(returning: grant) }
        carryOut(work)
        return number
    }

    private func cancel(_ number: UInt64) {
        // What was kept for it may be shared now.
        let (cancelled, work) = state.withLock { ($0.pool.cancel(number), $0.settle()) }
        if case .lease(let waiter) = cancelled { waiter.resume(returning: .refused(.cancelled())) }
        carryOut(work)
    }
}
