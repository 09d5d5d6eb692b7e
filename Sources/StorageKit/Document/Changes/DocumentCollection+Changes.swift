extension DocumentCollection where Store: ChangeFeedDocumentStore {
    /// Opens a feed of the collection's changes: everything that is written from now on, or all
    /// that is behind a position.
    ///
    /// One round trip. An open feed may hold a connection.
    ///
    /// - Parameters:
    ///   - position: Behind which event it begins; `nil` for now.
    ///   - withDocuments: Whether an update comes with the document, as it is when the event is
    ///     read.
    /// - Throws: ``StorageError/Code/notFound`` when the position is older than what the store
    ///   remembers.
    public func changes(
        after position: DocumentFeedPosition? = nil, withDocuments: Bool = false
    ) async throws(StorageError) -> DocumentFeed<Entity> {
        try await store.changes(
            of: name, after: position, withDocuments: withDocuments, as: Entity.self)
    }
}
