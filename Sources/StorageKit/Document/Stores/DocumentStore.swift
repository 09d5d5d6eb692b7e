/// A document database: collections of documents that need not look alike.
///
/// ```swift
/// let users = DocumentCollection("users", of: User.self, in: store)
/// try await users.insert(User(id: "charlie", city: "Berlin"))
/// for try await user in users.find(User.city == "Berlin") { … }
/// ```
///
/// What every document database does natively is here and in ``DocumentQuerying``; what not all
/// do, or not in the same way, is in the refinements: ``AggregatingDocumentQuerying``,
/// ``IndexedDocumentStore``, ``TextSearchingDocumentStore``, ``ExplainingDocumentStore``,
/// ``ValidatingDocumentStore``, ``TransactionalDocumentStore`` and ``ChangeFeedDocumentStore``.
public protocol DocumentStore: DocumentQuerying {
    /// About how many documents the collection has: what the store knows without counting.
    ///
    /// One round trip. After a crash of a server it may be wrong until the next check.
    func estimatedCount(of collection: String) async throws(StorageError) -> Int

    /// Removes a collection with all its documents and indexes.
    ///
    /// One round trip. A collection that is not there is no error.
    func drop(_ collection: String) async throws(StorageError)

    /// Finishes the calls that were accepted and gives back what the store holds; later calls throw
    /// ``StorageError/Code/invalidState``.
    func close() async
}
