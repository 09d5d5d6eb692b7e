/// Entities of one type in a collection of a document store.
///
/// ```swift
/// let users = DocumentCollection("users", of: User.self, in: store)
/// ```
///
/// It is a value that holds nothing but a name: making one costs nothing and asks nobody. Several
/// with different types may look at the same collection, ``Document`` among them; documents that do
/// not decode as the type throw ``StorageError/Code/decodingFailed``.
public struct DocumentCollection<Store: DocumentStore, Entity: Codable & Sendable>: Sendable {
    /// Where the collection is.
    public let store: Store
    /// Its name.
    public let name: String

    /// Creates the view of a collection.
    public init(_ name: String, of type: Entity.Type = Entity.self, in store: Store) {
        self.store = store
        self.name = name
    }
}
