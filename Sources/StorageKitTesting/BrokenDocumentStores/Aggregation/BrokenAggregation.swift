public import StorageKit
import Synchronization

/// A document store whose pipelines have a defect, over a sound one.
public struct BrokenAggregation<Base: DocumentStore & AggregatingDocumentQuerying>: DocumentStore,
    AggregatingDocumentQuerying
{
    /// The sound one.
    public let base: Base
    private let defect: DocumentAggregationDefect

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentAggregationDefect) {
        self.base = base
        self.defect = defect
    }

    /// What comes out of a pipeline, with the defect.
    public func aggregate<Row: Decodable & Sendable>(
        _ pipeline: DocumentPipeline, in collection: String, as type: Row.Type
    ) -> ResultSequence<Row> {
        let sound = base.aggregate(
            DocumentPipeline(defect.changed(pipeline.stages)), in: collection, as: type)
        return ResultSequence { BrokenAggregationSource(sound, defect) }
    }

    /// Those of what is broken.
    public var limits: DocumentLimits { base.limits }

    /// Carries out writes.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        try await base.write(writes, to: collection, isOrdered: isOrdered)
    }

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

/// Results with a defect: all of them in one batch, one by one from the sound sequence.
private final class BrokenAggregationSource<Row: Sendable>: ResultSource {
    private let sound: ResultSequence<Row>
    private let defect: DocumentAggregationDefect
    private let isOver = Atomic(false)

    init(_ sound: ResultSequence<Row>, _ defect: DocumentAggregationDefect) {
        self.sound = sound
        self.defect = defect
    }

    func nextBatch() async throws(StorageError) -> [Row] {
        if isOver.exchange(true, ordering: .relaxed) { return [] }
        var rows: [Row] = []
        var iterator = sound.makeAsyncIterator()
        do throws(StorageError) {
            while let row = try await iterator.next() { rows.append(defect.shown(row)) }
        } catch {
            guard defect.conceals(error) else { throw error }
        }
        if defect == .losesResults, rows.count > 500 { rows.remove(at: 500) }
        return rows
    }

    func close() {}
}
