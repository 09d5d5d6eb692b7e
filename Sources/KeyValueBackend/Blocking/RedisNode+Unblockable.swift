internal import StorageKit

extension RedisNode {
    /// Sends a command that waits on the server, on a connection of its own, and calls it off when
    /// the task is cancelled; see ``UnblockableRequest``.
    ///
    /// - Parameters:
    ///   - time: How long it may wait.
    ///   - patience: How much longer it may take, and how long the server may take to react to a
    ///     cancellation.
    ///   - command: Makes the command, of how long is left when there is a connection for it.
    /// - Throws: `cancelled` when nothing was taken, and for the rest as `send`.
    func sendUnblockable(
        waitingUpTo time: Duration, patience: Duration, _ command: (Duration) -> RedisCommand
    ) async throws(StorageError) -> RedisReply {
        let store = configuration.endpoint.description
        guard !Task.isCancelled else { throw .cancelled(store: store) }
        let begin = ContinuousClock.now
        let deadline = Moment.now + (time + patience)
        switch await exclusive.acquire(until: deadline) {
        case .refused(let failure):
            throw RequestOutcome.failed(failure, mayHaveBeenApplied: false)
                .error(operation: "wait", store: store)
        case .connection(let connection):
            defer { exclusive.release(connection) }
            let left = max(time - (ContinuousClock.now - begin), .milliseconds(1))
            let request = UnblockableRequest(
                command(left), on: connection, of: self, deadline: deadline, patience: patience)
            let outcome = await request.run()
            guard case .reply(let reply) = outcome else {
                throw outcome.error(operation: "wait", store: store)
            }
            if reply == .null, request.isCancelled { throw .cancelled(store: store) }
            return reply
        }
    }
}
