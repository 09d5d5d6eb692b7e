internal import StorageKit

extension MongoDatabase {
    /// Runs the body with libmongoc's client itself, outside of this package's contract.
    ///
    /// ```swift
    /// let isCapped = try await database.withNativeClient { native in
    ///     // import your own module of <mongoc/mongoc.h>
    ///     mongoc_client_get_collection(native.client, native.database, "log") …
    /// }
    /// ```
    ///
    /// * It runs on the client's thread, so calls that wait are in their place, and waits for a
    ///   client as any call does.
    /// * Concerns and the preference of ``with(writeConcern:readConcern:readPreference:)`` are not
    ///   applied: the client has those of the connection string.
    /// * Cancelling the task, and the end of a time limit, reach what goes by
    ///   ``MongoNativeClient/session()``; other calls are waited for.
    ///
    /// Round trips: the body's, and one for the first session of a client.
    ///
    /// - Throws: What the body throws, as it is; ``/StorageKit/StorageError`` when it was not run.
    public func withNativeClient<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing MongoNativeClient) throws -> Value
    ) async throws -> Value {
        try await core.run("withNativeClient") {
            [core] (session) throws(StorageError) -> Result<Value, any Error> in
            Result { try body(MongoNativeClient(session, database: core.database)) }
        }.get()
    }
}
