/// A collection, and the database it is in.
struct MongoNamespace: Hashable, Sendable {
    var database: String
    var collection: String
}
