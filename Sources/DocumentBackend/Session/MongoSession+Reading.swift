internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

extension MongoSession {
    /// Begins a query; nothing is asked before the first document is.
    func find(
        _ filter: Document, _ options: Document, in namespace: MongoNamespace,
        _ preference: MongoReadPreferenceHandle?
    ) throws(StorageError) -> MongoCursor {
        let filter = try BSONBuffer(filter)
        let options = try self.options(options)
        return try withCollection(namespace) { (collection) throws(StorageError) in
            let cursor = mongoc_collection_find_with_opts(
                collection, filter.pointer, options.pointer, preference?.pointer)
            guard let cursor else {
                throw StorageError(
                    code: .internalError, message: "libmongoc gave no cursor")
            }
            return MongoCursor(cursor)
        }
    }

    /// Runs a command that reads, and gives its answer.
    func read(
        _ command: Document, _ options: Document, in database: String,
        _ preference: MongoReadPreferenceHandle?
    ) throws(StorageError) -> Document {
        try run(command, options) { command, options, reply, error in
            mongoc_client_read_command_with_opts(
                client, database, command, preference?.pointer, options, reply, &error)
        }
    }

    /// Runs a command as it is, on one server and once, and gives its answer.
    func command(
        _ command: Document, in database: String, on server: UInt32,
        _ preference: MongoReadPreferenceHandle?
    ) throws(StorageError) -> Document {
        let options: Document = ["serverId": .int32(Int32(bitPattern: server))]
        return try run(command, options) { command, options, reply, error in
            mongoc_client_command_with_opts(
                client, database, command, preference?.pointer, options, reply, &error)
        }
    }

    /// A server that reads go to.
    func readableServer(
        _ preference: MongoReadPreferenceHandle?
    ) throws(StorageError) -> UInt32 {
        var error = bson_error_t()
        guard
            let server = mongoc_client_select_server(client, false, preference?.pointer, &error)
        else { throw MongoErrorMapping.error(error, reply: nil) }
        defer { mongoc_server_description_destroy(server) }
        return mongoc_server_description_id(server)
    }

    /// Runs a command that writes, other than the basic ones, and gives its answer.
    func write(
        _ command: Document, _ options: Document, in database: String
    ) throws(StorageError) -> Document {
        try run(command, options) { command, options, reply, error in
            mongoc_client_write_command_with_opts(
                client, database, command, options, reply, &error)
        }
    }

    private func run(
        _ command: Document, _ options: Document,
        _ call: (
            _ command: OpaquePointer, _ options: OpaquePointer, _ reply: OpaquePointer,
            _ error: inout bson_error_t
        ) -> Bool
    ) throws(StorageError) -> Document {
        let command = try BSONBuffer(command)
        let options = try self.options(options)
        let reply = MongoReply()
        var error = bson_error_t()
        guard call(command.pointer, options.pointer, reply.pointer, &error) else {
            throw MongoErrorMapping.error(error, reply: try? Document(reading: reply.pointer))
        }
        return try Document(reading: reply.pointer)
    }
}
