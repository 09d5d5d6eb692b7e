internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

/// An observer as libmongoc calls it: what the context pointer of a pool's callbacks points to.
///
/// libmongoc's manual, `mongoc_client_pool_set_apm_callbacks`: "it is the application's
/// responsibility to ensure context remains valid for the lifetime of the pool"; so the pool holds
/// it. Commands are told on the thread of their client, servers on those that watch them.
final class MongoObservation: Sendable {
    let observer: any CommandObserver
    private let store: String

    init(_ observer: any CommandObserver, store: String) {
        self.observer = observer
        self.store = store
    }

    /// Has a pool's clients tell this object; before the first client is taken.
    func observe(_ pool: OpaquePointer) {
        let callbacks = mongoc_apm_callbacks_new()
        defer { mongoc_apm_callbacks_destroy(callbacks) }
        mongoc_apm_set_command_started_cb(callbacks) { event in
            guard let event else { return }
            MongoObservation.started(event)
        }
        mongoc_apm_set_command_succeeded_cb(callbacks) { event in
            guard let event else { return }
            MongoObservation.from(mongoc_apm_command_succeeded_get_context(event))
                .succeeded(event)
        }
        mongoc_apm_set_command_failed_cb(callbacks) { event in
            guard let event else { return }
            MongoObservation.from(mongoc_apm_command_failed_get_context(event)).failed(event)
        }
        mongoc_apm_set_server_changed_cb(callbacks) { event in
            guard let event else { return }
            MongoObservation.from(mongoc_apm_server_changed_get_context(event)).changed(event)
        }
        mongoc_client_pool_set_apm_callbacks(
            pool, callbacks, Unmanaged.passUnretained(self).toOpaque())
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> MongoObservation {
        guard let context else { preconditionFailure("a callback without its context") }
        return Unmanaged<MongoObservation>.fromOpaque(context).takeUnretainedValue()
    }

    /// Of the command only the field that names its collection is looked at, and whether a
    /// `getMore` has a time, which it has where it waits.
    private static func started(_ event: OpaquePointer) {
        guard let call = MongoCall.current else { return }
        let name = String(cString: mongoc_apm_command_started_get_command_name(event))
        let isMore = name == "getMore"
        let command = mongoc_apm_command_started_get_command(event)
        let collection = command.flatMap { command in
            guard collectionCommands.contains(name) else { return String?.none }
            let field = isMore ? "collection" : name
            return try? BSONReading.decode(String.self, of: field, from: command)
        }
        let time = command.flatMap {
            isMore ? try? BSONReading.decode(Int64.self, of: "maxTimeMS", from: $0) : nil
        }
        call.target = (
            String(cString: mongoc_apm_command_started_get_database_name(event)), collection,
            waits: time != nil
        )
    }

    /// Commands that name a collection; what others are for, a user for example, is told nobody.
    private static let collectionCommands: Set = [
        "aggregate", "collMod", "collStats", "count", "create", "createIndexes", "delete",
        "distinct", "drop", "dropIndexes", "find", "findAndModify", "getMore", "insert",
        "killCursors", "listIndexes", "mapReduce", "update", "validate",
    ]

    private func succeeded(_ event: OpaquePointer) {
        tell(
            String(cString: mongoc_apm_command_succeeded_get_command_name(event)),
            ServerAddress(mongoc_apm_command_succeeded_get_host(event)),
            mongoc_apm_command_succeeded_get_request_id(event),
            microseconds: mongoc_apm_command_succeeded_get_duration(event)
        ) { told in
            told.replyBytes = mongoc_apm_command_succeeded_get_reply(event)
                .map(BSONReading.count(of:))
        }
    }

    private func failed(_ event: OpaquePointer) {
        var error = bson_error_t()
        mongoc_apm_command_failed_get_error(event, &error)
        let reply = mongoc_apm_command_failed_get_reply(event)
        let answer = reply.flatMap { try? Document(reading: $0) }
        tell(
            String(cString: mongoc_apm_command_failed_get_command_name(event)),
            ServerAddress(mongoc_apm_command_failed_get_host(event)),
            mongoc_apm_command_failed_get_request_id(event),
            microseconds: mongoc_apm_command_failed_get_duration(event)
        ) { told in
            // The server's words may quote values.
            told.error = MongoErrorMapping.error(error, reply: answer).changed {
                $0.underlying = nil
                $0.operation = told.command
                $0.store = store
            }
            if let answer, !answer.fields.isEmpty {
                told.replyBytes = reply.map(BSONReading.count(of:))
            }
        }
    }

    private func tell(
        _ command: String, _ server: ServerAddress, _ requestID: Int64, microseconds: Int64,
        _ complete: (inout CommandEvent) -> Void
    ) {
        let call = MongoCall.current
        var event = CommandEvent(
            system: Self.system, store: store, command: command,
            database: call?.target?.database, collection: call?.target?.collection,
            server: server, requestID: requestID, duration: .microseconds(microseconds),
            waits: call?.target?.waits ?? false)
        call?.target = nil
        complete(&event)
        observer.observe(event, for: call?.context)
    }

    private func changed(_ event: OpaquePointer) {
        let before = mongoc_apm_server_changed_get_previous_description(event)
        let after = mongoc_apm_server_changed_get_new_description(event)
        let (old, new) = (Self.type(of: before), Self.type(of: after))
        // Its times and tags change with every look at it.
        guard old != new else { return }
        observer.observe(
            ServerChange(
                system: Self.system, store: store,
                server: ServerAddress(mongoc_apm_server_changed_get_host(event)),
                before: old, after: new))
    }

    private static func type(of description: OpaquePointer?) -> String {
        description.flatMap(mongoc_server_description_type).map { String(cString: $0) }
            ?? "Unknown"
    }

    private static let system = "mongodb"
}

extension ServerAddress {
    /// The address in a list of libmongoc's.
    fileprivate init(_ host: UnsafePointer<mongoc_host_list_t>?) {
        guard let host else {
            self.init(host: "unknown")
            return
        }
        let name = withUnsafePointer(to: host.pointee.host) {
            $0.withMemoryRebound(
                to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)
            ) { String(cString: $0) }
        }
        let port = Int(host.pointee.port)
        self.init(host: name, port: port == 0 ? nil : port)
    }
}
