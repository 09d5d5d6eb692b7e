internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

/// Asks the server to end what sessions do, on a connection of its own.
///
/// MongoDB's command `killSessions`; it needs no privilege for sessions of one's own user.
final class MongoSessionKiller: Sendable {
    private let workers: BlockingWorkers<MongoSession>
    private let sleep: @Sendable (Duration) async -> Void

    /// - Parameters:
    ///   - workers: One thread and a client, whose calls do not wait long for a silent server.
    ///   - clock: What the pause between two kills is measured by.
    init(_ workers: BlockingWorkers<MongoSession>, clock: some Clock<Duration>) {
        self.workers = workers
        sleep = { try? await clock.sleep(for: $0) }
    }

    /// Ends a session's calls and cursors; an error is of no use to anybody.
    func kill(_ session: Document) async {
        let command: Document = ["killSessions": [.document(session)]]
        _ = try? await workers.run { (killer) throws(StorageError) in
            let command = try BSONBuffer(command)
            let reply = MongoReply()
            mongoc_client_command_simple(
                killer.client, "admin", command.pointer, nil, reply.pointer, nil)
        }
    }

    /// Lets the server work before it is asked again.
    func pause() async { await sleep(.milliseconds(20)) }

    /// Gives the connection back.
    func close() async { await workers.close() }
}
