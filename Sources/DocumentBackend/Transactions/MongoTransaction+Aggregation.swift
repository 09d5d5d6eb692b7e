public import StorageKit

extension MongoTransaction: AggregatingDocumentQuerying {
    /// The documents that come out of a pipeline, batch by batch, in the snapshot of the
    /// transaction.
    public func aggregate<Row: Decodable & Sendable>(
        _ pipeline: DocumentPipeline, in collection: String, as type: Row.Type
    ) -> ResultSequence<Row> {
        database.aggregate(pipeline, in: collection, as: type)
    }
}
