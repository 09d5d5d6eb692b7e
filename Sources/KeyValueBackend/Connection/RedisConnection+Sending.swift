import StorageKit
internal import Synchronization

extension RedisConnection {
    /// Sends and waits for the outcome.
    ///
    /// When the task is cancelled it comes back at once, and a reply that comes later is discarded.
    func send(
        _ wire: WireCommand, effect: RedisCommand.Effect, isBatch: Bool, now: Moment = .now,
        deadline: Moment
    ) async -> RequestOutcome {
        let call = CancellationToken()
        return await withTaskCancellationHandler {
            await Self.withWaiter { waiter in
                let ticket = submit(
                    Request(
                        waiter: waiter, wire: wire, effect: effect, isBatch: isBatch,
                        submitted: now, deadline: deadline))
                if let ticket, call.begin(ticket.number) { cancel(ticket) }
            }
        } onCancel: {
            if let number = call.cancel() { cancel(RequestTicket(number: number)) }
        }
    }

    /// Sends what has no reply of its own, on a connection of pushed messages.
    ///
    /// - Returns: Whether a link is there; without one nothing is sent.
    func post(_ wire: WireCommand) -> Bool {
        guard state.withLock({ $0.link == .ready }) else { return false }
        let request = Request<Waiter>(
            waiter: nil, wire: wire, effect: .changes, isAnswered: false, submitted: .now,
            deadline: .never)
        return submit(request) != nil
    }

    static func withWaiter(
        _ body: (Waiter) -> Void
    ) async -> RequestOutcome {
        #if DEBUG
        await withCheckedContinuation(body)
        #else
        await withUnsafeContinuation(body)
        #endif
    }
}
