public import StorageKit
import Synchronization

/// A document store whose pipelines have a defect, over a sound one.
public struct BrokenAggregation<Base: DocumentStore & AggregatingDocumentQuerying>: DocumentWrapper,
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
