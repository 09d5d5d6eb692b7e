/// A store made of another one: what a layer of the document family is.
///
/// Whatever it does not do itself, the store beneath does:
///
/// ```swift
/// struct CountingStore<Base: DocumentStore>: DocumentWrapper {
///     let base: Base
///     let finds = Counter()
///
///     func find<Entity: Decodable & Sendable>(
///         _ query: DocumentQuery, in collection: String, as type: Entity.Type
///     ) -> ResultSequence<Entity> {
///         finds.increment()
///         return base.find(query, in: collection, as: type)
///     }
/// }
/// ```
///
/// It keeps a refinement of the store beneath by a conformance of its own where `Base` has it.
public protocol DocumentWrapper<Base>: DocumentStore {
    /// The type of the store beneath.
    associatedtype Base: DocumentStore

    /// The store beneath.
    var base: Base { get }
}

extension DocumentWrapper {
    /// The limits of the store beneath.
    public var limits: DocumentLimits { base.limits }

    /// Carries out writes.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        try await base.write(writes, to: collection, isOrdered: isOrdered)
    }

    /// The documents that a query finds, batch by batch.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        base.find(query, in: collection, as: type)
    }

    /// The first document that a query finds, or `nil`.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        try await base.first(query, in: collection, as: type)
    }

    /// Finds a document, changes it and gives it back, in one atomic step.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        try await base.modify(modification, in: collection)
    }

    /// How many documents match, counted.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        try await base.count(filter, in: collection)
    }

    /// The different values at a path, of the documents that match.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        try await base.distinct(path, where: filter, in: collection)
    }

    /// About how many documents the collection has.
    public func estimatedCount(of collection: String) async throws(StorageError) -> Int {
        try await base.estimatedCount(of: collection)
    }

    /// Removes a collection with all its documents and indexes.
    public func drop(_ collection: String) async throws(StorageError) {
        try await base.drop(collection)
    }

    /// Closes the store beneath.
    public func close() async { await base.close() }
}
