public import StorageKit

extension InMemoryDocumentStore: AggregatingDocumentQuerying {
    /// The documents that come out of a pipeline.
    ///
    /// What goes in is a snapshot of all collections that it looks at, taken when the first
    /// document is asked for; the rest is computed without the lock.
    public func aggregate<Row: Decodable & Sendable>(
        _ pipeline: DocumentPipeline, in collection: String, as type: Row.Type
    ) -> ResultSequence<Row> {
        ResultSequence {
            InMemoryDocumentSource(self) { () throws(StorageError) in
                try self.documents(pipeline, collection)
            }
        }
    }

    private func documents(
        _ pipeline: DocumentPipeline, _ collection: String
    ) throws(StorageError) -> [Document] {
        let aggregator = try DocumentAggregator(pipeline)
        let snapshot = try withCollections(collection) { collections in
            let names = pipeline.lookedAt.union([collection])
            return collections.filter { names.contains($0.key) }
        }.mapValues(\.all)
        return try aggregator(snapshot[collection] ?? [], snapshot)
    }
}
