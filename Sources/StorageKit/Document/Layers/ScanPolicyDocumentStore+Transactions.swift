extension ScanPolicyDocumentStore: TransactionalDocumentStore
where Base: TransactionalDocumentStore {
    /// Runs the body in a transaction of the store beneath, whose calls no policy is asked about.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (Base.Transaction) async throws -> Value
    ) async throws -> Value {
        try await base.withTransaction(body)
    }
}

extension ScanPolicyDocumentStore: ChangeFeedDocumentStore where Base: ChangeFeedDocumentStore {
    /// Opens a feed of the store beneath.
    public func changes<Entity: Decodable & Sendable>(
        of collection: String, after position: DocumentFeedPosition?, withDocuments: Bool,
        as type: Entity.Type
    ) async throws(StorageError) -> DocumentFeed<Entity> {
        try await base.changes(
            of: collection, after: position, withDocuments: withDocuments, as: type)
    }
}
