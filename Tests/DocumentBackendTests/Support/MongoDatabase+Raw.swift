internal import CLibBSON
internal import CLibMongoC
import DocumentBackend
import StorageKit
import StorageKitBSON
import TestSupport

// What tests ask libmongoc for by itself, through the native hatch.
extension MongoDatabase {
    /// Runs a command without a session, so also on a server that is in no replica set yet.
    func rawCommand(_ command: Document, on database: String = "admin") async throws -> Document {
        let command = try BSONBuffer(command)
        return try await withNativeClient { native in
            let reply = bson_new()
            defer { bson_destroy(reply) }
            var error = bson_error_t()
            let isDone = mongoc_client_command_simple(
                native.client, database, command.pointer, nil, reply, &error)
            guard isDone, let reply else { throw TestFailure("the command failed: \(error.code)") }
            return try Document(reading: reply)
        }
    }

    /// Inserts a document as it is, whatever is in its bytes.
    func rawInsert(_ bytes: [UInt8], into collection: String) async throws {
        guard let document = BSONBuffer(copying: bytes) else { throw TestFailure("no BSON") }
        try await withNativeClient { native in
            let collection = mongoc_client_get_collection(
                native.client, native.database, collection)
            defer { mongoc_collection_destroy(collection) }
            let options = try BSONBuffer(["validate": false] as Document)
            var error = bson_error_t()
            guard
                mongoc_collection_insert_one(
                    collection, document.pointer, options.pointer, nil, &error)
            else { throw TestFailure("the insert failed: \(error.code)") }
        }
    }
}
