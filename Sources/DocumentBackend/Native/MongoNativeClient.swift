public import StorageKit

/// libmongoc's client of one call, lent to ``MongoDatabase/withNativeClient(_:)``.
///
/// It can be neither kept nor copied. Do not destroy or give back what it lends, change the
/// client's concerns, callbacks or error API, or leave a cursor or a transaction open on it: the
/// next call on the same client is another task's.
public struct MongoNativeClient: ~Copyable {
    /// The `mongoc_client_t *`; its error API is version 2.
    public let client: OpaquePointer
    /// The database's name.
    public let database: String
    private let owner: MongoSession

    init(_ owner: MongoSession, database: String) {
        client = owner.client
        self.database = database
        self.owner = owner
    }

    /// The `mongoc_client_session_t *` by which this client's calls go.
    ///
    /// A call that is to end when the task is cancelled has it in its options, by
    /// `mongoc_client_session_append`. The session is not causally consistent.
    ///
    /// - Throws: ``/StorageKit/StorageError/Code/unavailable`` when no server is there to give one,
    ///   ``/StorageKit/StorageError/Code/cancelled`` when the task is cancelled.
    public func session() throws(StorageError) -> OpaquePointer { try owner.usableSession() }
}
