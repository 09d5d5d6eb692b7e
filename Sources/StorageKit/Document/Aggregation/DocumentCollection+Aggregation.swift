extension DocumentCollection where Store: AggregatingDocumentQuerying {
    /// The documents that come out of a pipeline, batch by batch, as a type of their own.
    ///
    /// One round trip for each batch.
    public func aggregate<Row: Decodable & Sendable>(
        _ pipeline: DocumentPipeline, as type: Row.Type = Row.self
    ) -> ResultSequence<Row> {
        store.aggregate(pipeline, in: name, as: type)
    }

    /// The documents that come out of stages, batch by batch, as a type of their own.
    ///
    /// One round trip for each batch.
    public func aggregate<Row: Decodable & Sendable>(
        _ stages: DocumentStage..., as type: Row.Type
    ) -> ResultSequence<Row> {
        store.aggregate(DocumentPipeline(stages), in: name, as: type)
    }
}
