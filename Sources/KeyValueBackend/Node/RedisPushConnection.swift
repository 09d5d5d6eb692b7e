import StorageKit
internal import Synchronization

/// A connection for what a server pushes: messages of subscriptions, invalidations, monitoring.
///
/// Commands are posted without a reply of their own; whatever the server sends comes out of
/// ``next()`` in order, between events that tell of the link. The link is made anew whenever it is
/// lost, with back-off, until ``close()``. What was posted over a lost link is gone with it: after
/// each ``Event/established`` post again what is to hold.
///
/// ```swift
/// while let event = await connection.next() {
///     switch event {
///     case .established: connection.post(RedisCommand("SUBSCRIBE", channel))
///     case .reply(let reply): handle(reply)
///     case .lost(let error): remember(error)
///     }
/// }
/// ```
///
/// Events wait in a buffer. When it is full no more is read from the server, which ends the
/// connection of a client that does not keep up (`client-output-buffer-limit`); so memory is
/// bounded on both sides, and who is too slow hears of it by ``Event/lost(_:)``.
///
/// Dropping the last reference closes the connection.
final class RedisPushConnection: Sendable {
    enum Event: Sendable {
        /// A new link is ready; nothing is subscribed on it.
        case established
        /// The server sent this.
        case reply(RedisReply)
        /// The link was lost, or could not be made; messages may be missing from here on.
        case lost(StorageError)
    }

    private let connection: RedisConnection
    private let inbox: PushInbox

    /// Begins to connect.
    init(_ configuration: RedisConfiguration, on loop: EventLoop) {
        inbox = PushInbox(limit: 1024)
        connection = RedisConnection(
            ConnectionSettings(configuration), on: loop, sink: inbox)
        connection.open()
    }

    deinit { connection.abandon() }

    /// Sends a command, whose reply comes among the events.
    ///
    /// - Returns: Whether there is a link; without one nothing is sent.
    @discardableResult
    func post(_ command: RedisCommand) -> Bool {
        let wire = WireCommand(command)
        return !wire.isTooLarge && connection.post(wire)
    }

    /// The next event, for one task at a time; `nil` when the connection is closed or the waiting
    /// task is cancelled.
    func next() async -> Event? {
        let (event, mayRead) = await inbox.next()
        if mayRead { connection.resumeReading() }
        return event
    }

    /// Closes the connection; events that came before are still there to be taken.
    func close() async { await connection.abandonAndWait() }
}
