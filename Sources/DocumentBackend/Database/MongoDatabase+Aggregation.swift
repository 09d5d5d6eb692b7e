public import StorageKit
internal import StorageKitBSON

extension MongoDatabase: AggregatingDocumentQuerying {
    /// The documents that come out of a pipeline, batch by batch.
    ///
    /// The server may use its disk for what needs over 100 MB of memory.
    public func aggregate<Row: Decodable & Sendable>(
        _ pipeline: DocumentPipeline, in collection: String, as type: Row.Type
    ) -> ResultSequence<Row> {
        ResultSequence {
            MongoResults(self, "aggregate") { (session) throws(StorageError) in
                try session.aggregate(
                    pipeline, aggregateOptions, in: namespace(collection), readPreference)
            }
        }
    }

    /// The options of a pipeline.
    var aggregateOptions: Document {
        var options = readOptions
        // The server adds up what all batches take; how long a reader reads is his own affair.
        options["maxTimeMS"] = nil
        options["batchSize"] = .int64(Int64(core.settings.batchSize))
        options["allowDiskUse"] = true
        return options
    }
}
