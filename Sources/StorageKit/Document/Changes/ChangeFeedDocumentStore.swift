/// A document store that tells of the changes of a collection, in their order.
///
/// ```swift
/// for try await event in try await users.changes() {
///     switch try event.change {
///     case .inserted(let user): welcome(user)
///     case .updated(let description, _): note(description.updated)
///     case .replaced, .deleted, .dropped: break
///     }
///     try await keep(event.position.text)
/// }
/// ```
///
/// A reader that keeps the position of what it has processed goes on behind it, after a crash for
/// example, and misses nothing and sees nothing twice:
///
/// ```swift
/// let feed = try await users.changes(after: DocumentFeedPosition(kept))
/// ```
///
/// ## What must appear true
///
/// * **Everything.** Whatever is written after the feed was opened is in it; after a position,
///   whatever is behind that. A store that no longer knows what is behind a position says so:
///   ``StorageError/Code/notFound``. Then the collection has to be read anew.
/// * **In order.** Changes of a document come in the order in which they happened, those of a
///   transaction together and not before its commit.
/// * **Once.** No event comes twice from one feed, whatever the connection goes through.
/// * **Back-pressure.** A reader that is slow holds nobody up, and nothing is kept for it but what
///   the store remembers anyway.
/// * **The end.** A feed ends behind the event that says that the collection was dropped, by an
///   error, and by cancellation. Leaving it gives back what it held.
public protocol ChangeFeedDocumentStore: DocumentStore {
    /// Opens a feed.
    ///
    /// One round trip. An open feed may hold a connection.
    ///
    /// - Parameters:
    ///   - collection: The collection; it need not be there yet.
    ///   - position: Behind which event it begins; `nil` for now.
    ///   - withDocuments: Whether an update comes with the document, as it is when the event is
    ///     read.
    /// - Throws: ``StorageError/Code/notFound`` when the position is older than what the store
    ///   remembers, ``StorageError/Code/invalidArgument`` when it is one of another collection or
    ///   store.
    func changes<Entity: Decodable & Sendable>(
        of collection: String, after position: DocumentFeedPosition?, withDocuments: Bool,
        as type: Entity.Type
    ) async throws(StorageError) -> DocumentFeed<Entity>
}
