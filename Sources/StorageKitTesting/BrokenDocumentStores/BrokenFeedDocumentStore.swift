public import StorageKit
import Synchronization

/// A document store whose feeds have a defect, over a sound one.
public final class BrokenFeedDocumentStore<Base: ChangeFeedDocumentStore>: ChangeFeedDocumentStore {
    /// The sound one.
    public let base: Base
    private let defect: DocumentFeedDefect
    private let opened = Atomic<Int>(0)

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentFeedDefect) {
        self.base = base
        self.defect = defect
    }

    /// Opens a feed, with the defect.
    public func changes<Entity: Decodable & Sendable>(
        of collection: String, after position: DocumentFeedPosition?, withDocuments: Bool,
        as type: Entity.Type
    ) async throws(StorageError) -> DocumentFeed<Entity> {
        let number = opened.wrappingAdd(1, ordering: .relaxed).newValue
        if defect == .keepsFeeds, number > 30 {
            throw StorageError(code: .resourceExhausted, message: "broken")
        }
        let withDocuments = withDocuments && defect != .concealsDocuments
        let sound: DocumentFeed<Entity>
        do throws(StorageError) {
            sound = try await base.changes(
                of: collection, after: position, withDocuments: withDocuments, as: type)
        } catch {
            guard defect == .takesAnyPosition, error.code == .invalidArgument else { throw error }
            sound = try await base.changes(
                of: collection, after: nil, withDocuments: withDocuments, as: type)
        }
        return DocumentFeed(
            from: sound.beginning,
            BrokenFeedSource(sound, defect, number: number, isResumed: position != nil))
    }

    /// Carries out writes, with the defect.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        let result = try await base.write(writes, to: collection, isOrdered: isOrdered)
        if defect == .tellsEveryUpdate, result.matched > result.modified {
            _ = try await base.write(
                [DocumentWrite<Document>.updateMany(.all, [.set("broken", true)])],
                to: collection, isOrdered: true)
        }
        return result
    }
}

extension BrokenFeedDocumentStore {
    /// Those of what is broken.
    public var limits: DocumentLimits { base.limits }

    /// The documents that a query finds.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        base.find(query, in: collection, as: type)
    }

    /// The first document that a query finds.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        try await base.first(query, in: collection, as: type)
    }

    /// Finds a document, changes it and gives it back.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        try await base.modify(modification, in: collection)
    }

    /// How many documents match.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        try await base.count(filter, in: collection)
    }

    /// The different values at a path.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        try await base.distinct(path, where: filter, in: collection)
    }

    /// About how many documents there are.
    public func estimatedCount(of collection: String) async throws(StorageError) -> Int {
        try await base.estimatedCount(of: collection)
    }

    /// Removes a collection.
    public func drop(_ collection: String) async throws(StorageError) {
        try await base.drop(collection)
    }

    /// Closes the store.
    public func close() async { await base.close() }
}
