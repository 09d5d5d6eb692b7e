internal import StorageKit
internal import Synchronization

/// A command that waits on the server, on a connection of its own, and can be called off without
/// losing what it takes.
///
/// ## Why it is written like this
///
/// To cancel a `BLPOP` by closing its connection loses a value: the server may have taken it from
/// the list in that moment, for a client that is gone. `CLIENT UNBLOCK` ends the wait instead, "as
/// if the timeout of the command was reached" (redis.io, CLIENT UNBLOCK), and the command answers,
/// with nothing or with the value that it got just before.
///
/// ```
///   exclusive connection  CLIENT ID, BLPOP jobs 60 ──▶ :17 ……………………………… *-1, or the value
///   shared connection                               cancel: CLIENT UNBLOCK 17 ──▶ :1
/// ```
///
/// `CLIENT ID` goes right before it and is not waited for, so it costs no round trip, and it names
/// this very link.
/// The answer 0 means that the command does not wait: not yet, or no more. So it is asked again
/// until the command has answered. A server that does not react to all this, or forbids it, loses
/// the connection, and then nobody knows whether a value was taken.
final class UnblockableRequest: Sendable {
    private struct State {
        /// The number of the link on the server; the task also sends the command.
        var identity: Task<Int64?, Never>?
        var ticket: RequestTicket?
        var isCancelled = false
        var isOver = false
    }

    private let node: RedisNode
    private let connection: RedisConnection
    private let command: RedisCommand
    private let deadline: Moment
    /// How long the server may take to react.
    private let patience: Duration
    private let state = Mutex(State())

    init(
        _ command: RedisCommand, on connection: RedisConnection, of node: RedisNode,
        deadline: Moment, patience: Duration
    ) {
        self.command = command
        self.connection = connection
        self.node = node
        self.deadline = deadline
        self.patience = patience
    }

    /// Whether the task was cancelled meanwhile; what came is to be returned all the same.
    var isCancelled: Bool { state.withLock(\.isCancelled) }

    /// Sends the command and waits for its outcome.
    func run() async -> RequestOutcome {
        let outcome = await withTaskCancellationHandler {
            await RedisConnection.withWaiter { waiter in begin(waiter) }
        } onCancel: {
            cancel()
        }
        state.withLock { $0.isOver = true }
        return outcome
    }

    // MARK: Sending

    private func begin(_ waiter: RedisConnection.Waiter) {
        let isCancelled = state.withLock { state in
            guard !state.isCancelled else { return true }
            state.identity = Task { await self.submit(waiter) }
            return false
        }
        guard isCancelled else { return }
        waiter.resume(returning: .failed(.cancelled, mayHaveBeenApplied: false))
    }

    /// Sends both and returns the answer to the first; it is a task's body since each has a waiter.
    private func submit(_ waiter: RedisConnection.Waiter) async -> Int64? {
        let identity = RedisCommand("CLIENT", "ID", effect: .reads)
        let outcome = await RedisConnection.withWaiter { identityWaiter in
            _ = connection.submit(request(identity, identityWaiter))
            let ticket = connection.submit(request(command, waiter))
            state.withLock { $0.ticket = ticket }
        }
        guard case .reply(.integer(let number)) = outcome else { return nil }
        return number
    }

    private func request(
        _ command: RedisCommand, _ waiter: RedisConnection.Waiter
    ) -> Request<RedisConnection.Waiter> {
        Request(
            waiter: waiter, wire: command.wire, effect: command.effect, submitted: .now,
            deadline: deadline)
    }

    // MARK: Calling off

    private func cancel() {
        let identity = state.withLock { state in
            state.isCancelled = true
            return state.identity
        }
        guard let identity else { return }
        Task { await self.callOff(identity) }
    }

    private func callOff(_ identity: Task<Int64?, Never>) async {
        let giveUp = Task {
            try await Task.sleep(for: self.patience)
            self.abandon()
        }
        defer { giveUp.cancel() }
        guard let number = await identity.value else { return abandon() }
        var pause = Duration.milliseconds(1)
        while !state.withLock(\.isOver) {
            guard await unblock(number) else { return abandon() }
            // It is answered, or is about to be, or has yet to begin: look again.
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    /// - Returns: Whether the server does such a thing.
    private func unblock(_ number: Int64) async -> Bool {
        let command = RedisCommand(
            "CLIENT", "UNBLOCK", RedisNumber.text(number), effect: .changesIdempotently)
        do throws(StorageError) {
            guard case .integer = try await node.send(command, timeout: patience) else {
                return false
            }
            return true
        } catch {
            return false
        }
    }

    /// Ends the request, and its connection with it; nothing when it has ended.
    private func abandon() {
        guard let ticket = state.withLock({ $0.isOver ? nil : $0.ticket }) else { return }
        connection.cancel(ticket)
    }
}
