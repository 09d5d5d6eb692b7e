internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

/// A client of the pool and a session of its own on the server: what a worker's calls use.
///
/// It owns a `mongoc_client_t` and a `mongoc_client_session_t`. libmongoc's manual:
/// "mongoc_client_t structures are not thread-safe"; it is made, used and given back on the thread
/// of its worker.
///
/// Every call goes by the session, whose number the interrupter knows: `killSessions` ends the call
/// and the cursors of this session, and nobody else's.
final class MongoSession: BlockingResource {
    let client: OpaquePointer
    let interrupter: MongoInterrupter
    private let pool: MongoClientPool
    /// `nil` before the first call.
    private(set) var session: OpaquePointer?
    /// Whether somebody is told of the commands.
    var isObserved: Bool { pool.observation != nil }
    /// Options with nothing but the session in them, which most calls have.
    private var bareOptions: BSONBuffer?

    init(_ pool: MongoClientPool, _ killer: MongoSessionKiller?) throws(StorageError) {
        guard let client = pool.pop() else {
            throw StorageError(
                code: .resourceExhausted, message: "every client of the pool is in use")
        }
        self.pool = pool
        self.client = client
        interrupter = MongoInterrupter(killer)
    }

    deinit {
        if let session { mongoc_client_session_destroy(session) }
        pool.push(client)
    }

    /// Options of a call, with the session in them.
    ///
    /// The first one asks the server for the session; a server that is not there is an error here.
    func options(_ options: Document) throws(StorageError) -> BSONBuffer {
        let session = try usableSession()
        if options.fields.isEmpty, let bareOptions { return bareOptions }
        let buffer = try BSONBuffer(options)
        var error = bson_error_t()
        guard mongoc_client_session_append(session, buffer.pointer, &error) else {
            throw MongoErrorMapping.error(error, reply: nil)
        }
        if options.fields.isEmpty { bareOptions = buffer }
        return buffer
    }

    /// The session that calls go by; the first one asks the server for it.
    func usableSession() throws(StorageError) -> OpaquePointer {
        let session = try startedSession()
        // While there was no session, nothing could be killed.
        if interrupter.isInterrupted { throw .cancelled() }
        return session
    }

    /// Does something with a collection.
    func withCollection<Value>(
        _ name: MongoNamespace, _ body: (OpaquePointer) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        guard
            let collection = mongoc_client_get_collection(client, name.database, name.collection)
        else { throw StorageError(code: .internalError, message: "libmongoc gave no collection") }
        defer { mongoc_collection_destroy(collection) }
        return try body(collection)
    }

    /// The session, asked for when it is first needed.
    func startedSession() throws(StorageError) -> OpaquePointer {
        if let session { return session }
        let options = mongoc_session_opts_new()
        defer { mongoc_session_opts_destroy(options) }
        // A call sees what its own task has written by the read concern it asks for; the next
        // call on this session may be another task's.
        mongoc_session_opts_set_causal_consistency(options, false)
        var error = bson_error_t()
        guard let session = mongoc_client_start_session(client, options, &error) else {
            throw MongoErrorMapping.error(error, reply: nil)
        }
        self.session = session
        if let id = mongoc_client_session_get_lsid(session) {
            interrupter.session = try Document(reading: id)
        }
        return session
    }
}
