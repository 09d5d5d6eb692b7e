public import StorageKit

extension InMemoryDocumentTransaction: AggregatingDocumentQuerying {
    /// The documents that come out of a pipeline, as they are when the first one is asked for.
    public func aggregate<Row: Decodable & Sendable>(
        _ pipeline: DocumentPipeline, in collection: String, as type: Row.Type
    ) -> ResultSequence<Row> {
        copy.aggregate(pipeline, in: collection, as: type)
    }
}
