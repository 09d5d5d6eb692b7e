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
///   exclusive connection  CLIENT ID ──▶ :17   BLPOP jobs 60 ──▶ …………………… *-1, or the value
///   shared connection                         cancel: CLIENT UNBLOCK 17 ──▶ :1
/// ```
///
/// Each link of an exclusive connection asks for its number when it is greeted, so a wait costs no
/// more than its command, and one that is sent again on another link is called off on that one.
/// The answer 0 means that the command does not wait: not yet, or no more. So it is asked again
/// until the command has answered. A server that does not react to all this, or forbids it, loses
/// the connection, and then nobody knows whether a value was taken.
final class UnblockableRequest: Sendable {
    private struct State {
        var ticket: RequestTicket?
        var isCancelled = false
        var callingOff: Task<Void, Never>?
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

    /// Sends the command and waits for its outcome, and for the end of calling it off.
    ///
    /// A `CLIENT UNBLOCK` that is still on its way would end the next wait on the connection.
    func run() async -> RequestOutcome {
        let outcome = await withTaskCancellationHandler {
            await RedisConnection.withWaiter { waiter in begin(waiter) }
        } onCancel: {
            cancel()
        }
        await state.withLock(\.callingOff)?.value
        return outcome
    }

    /// In place: another task would get to it when the pool has a thread for it, perhaps too late.
    private func begin(_ waiter: RedisConnection.Waiter) {
        guard !isCancelled else {
            return waiter.resume(returning: .failed(.cancelled, mayHaveBeenApplied: false))
        }
        let ticket = connection.submit(
            Request(
                waiter: waiter, wire: command.wire, effect: command.effect, submitted: .now,
                deadline: deadline))
        guard let ticket else { return }
        let isCancelled = state.withLock { state in
            state.ticket = ticket
            return state.isCancelled
        }
        if isCancelled { startCallingOff(ticket) }
    }

    // MARK: Calling off

    private func cancel() {
        let ticket = state.withLock { state in
            state.isCancelled = true
            return state.ticket
        }
        if let ticket { startCallingOff(ticket) }
    }

    private func startCallingOff(_ ticket: RequestTicket) {
        guard connection.callOff(ticket) != nil else { return }
        let task = Task { await self.callOff(ticket) }
        state.withLock { $0.callingOff = task }
    }

    private func callOff(_ ticket: RequestTicket) async {
        let giveUp = Task {
            try await Task.sleep(for: self.patience.countable)
            self.connection.cancel(ticket)
        }
        defer { giveUp.cancel() }
        var pause = Duration.milliseconds(1)
        while let sent = connection.callOff(ticket) {
            // Where it cannot be called off its connection goes with it.
            guard let link = sent.link, await unblock(link) else {
                return connection.cancel(ticket)
            }
            // It is answered, or is about to be, or has yet to begin: look again.
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    /// - Returns: Whether the server does such a thing.
    private func unblock(_ link: Int64) async -> Bool {
        let command = RedisCommand(
            "CLIENT", "UNBLOCK", RedisNumber.text(link), effect: .changesIdempotently)
        do throws(StorageError) {
            guard case .integer = try await node.send(command, timeout: patience) else {
                return false
            }
            return true
        } catch {
            return false
        }
    }
}
