internal import CLibBSON
internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

/// The results of a query on the server, one document after the other: the owner of a
/// `mongoc_cursor_t`.
///
/// It is used on the thread of its session, and given back there before the session is. What is
/// left of it on the server is killed with it.
final class MongoCursor {
    private let pointer: OpaquePointer
    private let mapping: (StorageError) -> StorageError

    /// Takes over a cursor.
    ///
    /// - Parameter mapping: What the server's errors are to the caller.
    init(
        _ pointer: OpaquePointer, mapping: @escaping (StorageError) -> StorageError = { $0 }
    ) {
        self.pointer = pointer
        self.mapping = mapping
    }

    deinit { mongoc_cursor_destroy(pointer) }

    /// Decodes the next document where it lies; `nil` behind the last one.
    func next<Entity: Decodable>(_ type: Entity.Type) throws(StorageError) -> (Entity, Int)? {
        var document: OpaquePointer?
        guard mongoc_cursor_next(pointer, &document), let document else {
            try throwError()
            return nil
        }
        return (try BSONReading.decode(type, from: document), BSONReading.count(of: document))
    }

    private func throwError() throws(StorageError) {
        var error = bson_error_t()
        var reply: OpaquePointer?
        guard mongoc_cursor_error_document(pointer, &error, &reply) else { return }
        let document: Document? =
            if let reply { try? Document(reading: reply) } else { nil }
        throw mapping(MongoErrorMapping.error(error, reply: document))
    }
}
