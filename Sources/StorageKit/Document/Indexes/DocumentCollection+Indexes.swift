extension DocumentCollection where Store: IndexedDocumentStore {
    /// The collection's indexes but that of the identifiers.
    ///
    /// One round trip.
    public func indexes() async throws(StorageError) -> [DocumentIndex] {
        try await store.indexes(of: name)
    }

    /// Makes indexes, all or none; one that is there as it should be stays.
    ///
    /// One round trip.
    ///
    /// - Throws: As ``IndexedDocumentStore/createIndexes(_:on:)`` does.
    public func createIndexes(_ indexes: DocumentIndex...) async throws(StorageError) {
        try await store.createIndexes(indexes, on: name)
    }

    /// Removes an index.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none of the name.
    public func dropIndex(named index: String) async throws(StorageError) {
        try await store.dropIndex(named: index, on: name)
    }

    /// What would have to be done to make the collection's indexes these; nothing is changed.
    ///
    /// One round trip. ``IndexedDocumentStore/apply(_:droppingUnwanted:)`` carries it out.
    public func indexPlan(
        _ wanted: [DocumentIndex]
    ) async throws(StorageError) -> DocumentIndexPlan {
        try await store.indexPlan(wanted, on: name)
    }
}
