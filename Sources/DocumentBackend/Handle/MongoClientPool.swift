internal import CLibBSON
internal import CLibMongoC
internal import StorageKit

/// The clients of one connection string: the owner of a `mongoc_client_pool_t`.
///
/// libmongoc's manual, `mongoc_client_pool_t`: "This structure is thread-safe, except for its
/// destructor method, mongoc_client_pool_destroy(), which is not thread-safe and must only be
/// called from one thread." Each client that was popped keeps the pool, so the destructor runs when
/// the last one has been pushed back.
final class MongoClientPool: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Creates a pool; it connects when a client does its first call.
    init(_ uri: MongoConnectionString, size: Int) throws(StorageError) {
        var error = bson_error_t()
        guard let pointer = mongoc_client_pool_new_with_error(uri.pointer, &error) else {
            throw MongoErrorMapping.error(error, reply: nil)
        }
        self.pointer = pointer
        mongoc_client_pool_set_error_api(pointer, MONGOC_ERROR_API_VERSION_2)
        mongoc_client_pool_max_size(pointer, UInt32(clamping: size))
    }

    // The destructor tells a server that the sessions are over, and waits for one as long as a
    // selection may take: half a minute, where all are gone. Whoever drops the last reference must
    // not wait for that.
    deinit {
        // nonisolated(unsafe): nobody else has the pool any more.
        nonisolated(unsafe) let pointer = pointer
        do throws(StorageError) {
            try PlatformThread.start { mongoc_client_pool_destroy(pointer) }
        } catch {
            mongoc_client_pool_destroy(pointer)
        }
    }

    /// A client for the calling thread alone, or `nil` when all are taken.
    func pop() -> OpaquePointer? { mongoc_client_pool_try_pop(pointer) }

    /// Gives a client back.
    func push(_ client: OpaquePointer) { mongoc_client_pool_push(pointer, client) }
}
