/// Entities of one type in a collection of a document store, or of a transaction.
///
/// ```swift
/// let users = DocumentCollection("users", of: User.self, in: store)
/// ```
///
/// It is a value that holds nothing but a name: making one costs nothing and asks nobody. Several
/// with different types may look at the same collection, ``Document`` among them; documents that do
/// not decode as the type throw ``StorageError/Code/decodingFailed``.
public struct DocumentCollection<Store: DocumentQuerying, Entity: Codable & Sendable>: Sendable {
    /// Where the collection is.
    public let store: Store
    /// Its name.
    public let name: String

    /// Creates the view of a collection.
    public init(_ name: String, of type: Entity.Type = Entity.self, in store: Store) {
        self.store = store
        self.name = name
    }

    /// The same collection, in a transaction for example.
    ///
    /// ```swift
    /// try await store.withTransaction { transaction in
    ///     try await users.in(transaction).updateOne(User.id == "ana", [.increment("age", by: 1)])
    /// }
    /// ```
    public func `in`<Other: DocumentQuerying>(
        _ other: Other
    ) -> DocumentCollection<Other, Entity> {
        DocumentCollection<Other, Entity>(name, in: other)
    }
}
