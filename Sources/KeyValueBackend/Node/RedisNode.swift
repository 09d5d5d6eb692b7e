import StorageKit

/// One Redis server: the connections to it, and what they are used for.
///
/// ```
///              ┌─ shared connection ───── commands and batches of all tasks, pipelined
///   RedisNode ─┼─ exclusive connections ─ blocking commands, one each at a time
///              └─ push connections ────── subscriptions, made by who needs one
/// ```
///
/// Nothing is opened before it is used. A node knows nothing of other nodes: what a cluster or a
/// sentinel says (`MOVED`, `READONLY`) is a reply like any other.
///
/// Dropping the last reference closes the connections; ``close()`` finishes what was accepted.
final class RedisNode: Sendable {
    let configuration: RedisConfiguration
    private let loop: EventLoop
    private let shared: RedisConnection
    let exclusive: ExclusiveConnections

    /// Creates a node; opens nothing.
    ///
    /// - Parameter loop: The event thread, for nodes that share one.
    init(_ configuration: RedisConfiguration, on sharedLoop: EventLoop? = nil) {
        let loop = sharedLoop ?? EventLoop(spinTime: configuration.spinTime)
        self.configuration = configuration
        self.loop = loop
        shared = RedisConnection(ConnectionSettings(configuration), on: loop)
        exclusive = ExclusiveConnections(configuration, on: loop)
    }

    deinit {
        shared.abandon()
        exclusive.abandon()
    }

    /// Sends a command and returns the server's reply, which may be an error.
    ///
    /// One round trip. Commands of all tasks share a connection and are executed in the order in
    /// which they were sent.
    ///
    /// - Parameter timeout: How long it may take; `nil` for the configured operation timeout.
    /// - Throws: `cancelled`, `timedOut`, `unavailable` (the connection was lost and the command is
    ///   not to be repeated, or there is none), `resourceExhausted` (the queue is full),
    ///   `invalidState` (closed), `limitExceeded` (2 GB or more), `unauthenticated`, `corrupted`.
    func send(
        _ command: RedisCommand, timeout: Duration? = nil
    ) async throws(StorageError) -> RedisReply {
        let wire = WireCommand(command)
        try check(wire)
        let outcome = await send(wire, command.effect, isBatch: false, timeout)
        if case .reply(let reply) = outcome { return reply }
        throw error(outcome, of: wire)
    }

    /// Sends commands in a row, with nothing of others in between, and returns their replies.
    ///
    /// One round trip. They are not a transaction unless they begin with `MULTI` and end with
    /// `EXEC`. After a lost connection all of them are repeated or none, as the worst of them says.
    ///
    /// - Parameters:
    ///   - effect: What a second execution of all would do; `nil` for what the worst of them does.
    ///   - timeout: How long it may take; `nil` for the configured operation timeout.
    /// - Throws: As ``send(_:timeout:)``; `mayHaveBeenApplied` means any of them.
    func send(
        _ commands: [RedisCommand], effect: RedisCommand.Effect? = nil, timeout: Duration? = nil
    ) async throws(StorageError) -> [RedisReply] {
        guard !commands.isEmpty else { return [] }
        let wire = WireCommand(commands)
        try check(wire)
        let effect = effect ?? Self.effect(of: commands)
        let outcome = await send(wire, effect, isBatch: true, timeout)
        if case .replies(let replies) = outcome { return replies }
        throw error(outcome, of: wire)
    }

    /// Opens a connection for what the server pushes; the caller closes it.
    func openPushConnection() -> RedisPushConnection {
        RedisPushConnection(configuration, on: loop)
    }

    /// Refuses new calls, finishes the accepted ones, and returns when every connection is closed.
    ///
    /// Push connections are their owners'. It may be called more than once.
    func close() async {
        await shared.close()
        await exclusive.close()
    }

    /// How many requests the shared connection has taken, a batch being one; for tests that count
    /// round trips.
    var submittedRequests: UInt64 { shared.submittedRequests }

    /// How many replies the shared connection waits for or will wait for; for tests and metrics.
    var requestsUnderWay: Int { shared.requestsUnderWay }

    private func send(
        _ wire: WireCommand, _ effect: RedisCommand.Effect, isBatch: Bool, _ timeout: Duration?
    ) async -> RequestOutcome {
        let now = Moment.now
        return await shared.send(
            wire, effect: effect, isBatch: isBatch, now: now,
            deadline: now + (timeout ?? configuration.operationTimeout))
    }

    private static func effect(of commands: [RedisCommand]) -> RedisCommand.Effect {
        if commands.allSatisfy({ $0.effect == .reads }) { return .reads }
        return commands.allSatisfy(\.isIdempotent) ? .changesIdempotently : .changes
    }

    private func check(_ wire: WireCommand) throws(StorageError) {
        if Task.isCancelled {
            throw .cancelled(operation: wire.name, store: configuration.endpoint.description)
        }
        guard wire.isTooLarge else { return }
        throw StorageError(
            code: .limitExceeded, message: "a command has an argument, and less than 2 GB",
            store: configuration.endpoint.description)
    }

    private func error(_ outcome: RequestOutcome, of wire: WireCommand) -> StorageError {
        outcome.error(operation: wire.name, store: configuration.endpoint.description)
    }
}
