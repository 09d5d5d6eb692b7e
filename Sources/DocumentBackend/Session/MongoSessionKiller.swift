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

    /// Ends a session's calls and cursors, on every server that is known; an error is of no use to
    /// anybody.
    func kill(_ session: Document) async {
        let command: Document = ["killSessions": [.document(session)]]
        _ = try? await workers.run { (killer) throws(StorageError) in
            let command = try BSONBuffer(command)
            guard !Self.tellAll(killer.client, command) else { return }
            // The first time no server is known yet: whoever is the primary.
            let reply = MongoReply()
            mongoc_client_command_simple(
                killer.client, "admin", command.pointer, nil, reply.pointer, nil)
        }
    }

    /// A server ends only what itself does, and a read may be a secondary's.
    ///
    /// - Returns: Whether a server is known.
    private static func tellAll(_ client: OpaquePointer, _ command: BSONBuffer) -> Bool {
        var count = 0
        guard let servers = mongoc_client_get_server_descriptions(client, &count) else {
            return false
        }
        defer { mongoc_server_descriptions_destroy_all(servers, count) }
        var isKnown = false
        for place in 0..<count {
            guard let server = servers[place],
                let type = mongoc_server_description_type(server),
                String(cString: type) != "Unknown"
            else { continue }
            isKnown = true
            let reply = MongoReply()
            mongoc_client_command_simple_with_server_id(
                client, "admin", command.pointer, nil, mongoc_server_description_id(server),
                reply.pointer, nil)
        }
        return isKnown
    }

    /// Lets the server work before it is asked again.
    func pause() async { await sleep(.milliseconds(20)) }

    /// Gives the connection back.
    func close() async { await workers.close() }
}
