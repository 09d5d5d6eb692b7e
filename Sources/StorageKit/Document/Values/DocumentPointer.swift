/// A collection's name and an identifier in it; BSON's deprecated DBPointer.
public struct DocumentPointer: Codable, Hashable, Sendable {
    /// The collection, with its database.
    public var collection: String
    /// The identifier.
    public var id: ObjectID

    /// Creates a pointer.
    public init(collection: String, id: ObjectID) {
        self.collection = collection
        self.id = id
    }
}
