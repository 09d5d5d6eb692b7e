/// A document store that says how it would find documents.
///
/// ```swift
/// print(try await store.explain(DocumentQuery(User.city == "Berlin"), in: "users"))
/// ```
public protocol ExplainingDocumentStore: DocumentStore {
    /// How the store would find the documents of a query; it is not run.
    ///
    /// One round trip. The steps' words differ from store to store and from version to version;
    /// what the plan says beside them does not. Which of several indexes is read is the store's to
    /// choose, and another one another day. A collection without documents may have any plan.
    func explain(
        _ query: DocumentQuery, in collection: String
    ) async throws(StorageError) -> DocumentPlan
}

extension DocumentCollection where Store: ExplainingDocumentStore {
    /// How the store would find the documents of a query; it is not run.
    ///
    /// One round trip.
    public func explain(_ query: DocumentQuery) async throws(StorageError) -> DocumentPlan {
        try await store.explain(query, in: name)
    }

    /// How the store would find the documents that match; they are not looked for.
    ///
    /// One round trip.
    public func explain(
        _ filter: DocumentFilter, order: DocumentOrder...
    ) async throws(StorageError) -> DocumentPlan {
        try await store.explain(DocumentQuery(filter, order: order), in: name)
    }
}
