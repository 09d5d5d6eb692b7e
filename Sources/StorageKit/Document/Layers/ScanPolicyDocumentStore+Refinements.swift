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

extension ScanPolicyDocumentStore: ValidatingDocumentStore where Base: ValidatingDocumentStore {
    /// As the store beneath has it.
    public func validation(
        of collection: String
    ) async throws(StorageError) -> DocumentValidation? {
        try await base.validation(of: collection)
    }

    /// Sets it in the store beneath.
    public func setValidation(
        _ validation: DocumentValidation?, of collection: String
    ) async throws(StorageError) {
        try await base.setValidation(validation, of: collection)
    }
}

extension ScanPolicyDocumentStore: TextSearchingDocumentStore
where Base: TextSearchingDocumentStore {
    /// As the store beneath finds them, by its index of texts.
    public func search<Entity: Decodable & Sendable>(
        _ search: DocumentTextSearch, where filter: DocumentFilter, limit: Int,
        in collection: String, as type: Entity.Type
    ) -> ResultSequence<DocumentTextMatch<Entity>> {
        base.search(search, where: filter, limit: limit, in: collection, as: type)
    }
}
