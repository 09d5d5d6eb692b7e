extension ScanPolicyDocumentStore: ExplainingDocumentStore {
    /// As the store beneath explains it.
    public func explain(
        _ query: DocumentQuery, in collection: String
    ) async throws(StorageError) -> DocumentPlan {
        try await base.explain(query, in: collection)
    }
}

extension ScanPolicyDocumentStore: IndexedDocumentStore where Base: IndexedDocumentStore {
    /// Those of the store beneath.
    public func indexes(of collection: String) async throws(StorageError) -> [DocumentIndex] {
        try await base.indexes(of: collection)
    }

    /// Makes indexes in the store beneath, and forgets what is known of the collection.
    public func createIndexes(
        _ indexes: [DocumentIndex], on collection: String
    ) async throws(StorageError) {
        defer { memory.forget(collection) }
        try await base.createIndexes(indexes, on: collection)
    }

    /// Removes an index in the store beneath, and forgets what is known of the collection.
    public func dropIndex(
        named name: String, on collection: String
    ) async throws(StorageError) {
        defer { memory.forget(collection) }
        try await base.dropIndex(named: name, on: collection)
    }
}
