public import StorageKit

/// A transaction of MongoDB: what the body of ``MongoDatabase/withTransaction(_:)`` is given.
///
/// Its calls are those of a ``MongoDatabase``, on the client that the transaction has, one after
/// the other; each is a round trip. It may create collections by writing to them.
public struct MongoTransaction: DocumentQuerying {
    /// The database, its calls being of the transaction.
    let database: MongoDatabase
    private let state: TransactionState

    init(_ database: MongoDatabase, _ hold: MongoHold) {
        var database = database
        database.hold = hold
        // Reads are from the primary, where the transaction is.
        database.readPreference = nil
        self.database = database
        state = hold.state
    }

    /// How much one call may carry.
    public var limits: DocumentLimits { database.limits }

    /// Carries out writes; a refused one undoes the transaction.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        try await state.writing { () throws(StorageError) in
            try await database.write(writes, to: collection, isOrdered: isOrdered)
        }
    }

    /// The documents that a query finds, batch by batch, in the snapshot of the transaction.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        database.find(query, in: collection, as: type)
    }

    /// The first document that a query finds, or `nil`.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        try await database.first(query, in: collection, as: type)
    }

    /// Finds a document, changes it and gives it back; a refused change undoes the transaction.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        try await state.changing { () throws(StorageError) in
            try await database.modify(modification, in: collection)
        }
    }

    /// How many documents match.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        try await database.count(filter, in: collection)
    }

    /// The different values at a path, of the documents that match.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        try await database.distinct(path, where: filter, in: collection)
    }
}
