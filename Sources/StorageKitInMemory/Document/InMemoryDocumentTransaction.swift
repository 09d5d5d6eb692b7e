public import StorageKit

/// A transaction of an ``InMemoryDocumentStore``: what the body of
/// ``InMemoryDocumentStore/withTransaction(_:)`` is given.
///
/// It is a store of its own, a copy of the other one as it was when the transaction began.
public struct InMemoryDocumentTransaction: DocumentQuerying {
    let copy: InMemoryDocumentStore
    private let state: TransactionState

    init(on copy: InMemoryDocumentStore, _ state: TransactionState) {
        self.copy = copy
        self.state = state
    }

    /// How much one call may carry.
    public var limits: DocumentLimits { copy.limits }

    /// Carries out writes; a refused one undoes the transaction.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        try await state.writing { () throws(StorageError) in
            try await copy.write(writes, to: collection, isOrdered: isOrdered)
        }
    }

    /// The documents that a query finds, as they are when the first one is asked for.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        copy.find(query, in: collection, as: type)
    }

    /// The first document that a query finds, or `nil`.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        try await copy.first(query, in: collection, as: type)
    }

    /// Finds a document, changes it and gives it back; a refused change undoes the transaction.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        try await state.changing { () throws(StorageError) in
            try await copy.modify(modification, in: collection)
        }
    }

    /// How many documents match.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        try await copy.count(filter, in: collection)
    }

    /// The different values at a path, of the documents that match.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        try await copy.distinct(path, where: filter, in: collection)
    }
}
