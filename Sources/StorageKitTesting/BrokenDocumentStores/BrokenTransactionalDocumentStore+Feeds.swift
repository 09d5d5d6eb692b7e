public import StorageKit

extension BrokenTransactionalDocumentStore: ChangeFeedDocumentStore
where Base: ChangeFeedDocumentStore {
    /// Opens a feed of the sound store, which tells what the broken transactions do.
    public func changes<Entity: Decodable & Sendable>(
        of collection: String, after position: DocumentFeedPosition?, withDocuments: Bool,
        as type: Entity.Type
    ) async throws(StorageError) -> DocumentFeed<Entity> {
        try await base.changes(
            of: collection, after: position, withDocuments: withDocuments, as: type)
    }
}
