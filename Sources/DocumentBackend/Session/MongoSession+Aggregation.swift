internal import CLibMongoC
internal import StorageKit
internal import StorageKitBSON

extension MongoSession {
    /// Begins a pipeline; the server is asked here, or when the first document is.
    ///
    /// - Throws: `invalidArgument` when it can never be right, before anybody is asked.
    func aggregate(
        _ pipeline: DocumentPipeline, _ options: Document, in namespace: MongoNamespace,
        _ preference: MongoReadPreferenceHandle?
    ) throws(StorageError) -> MongoCursor {
        try pipeline.check()
        let stages = try BSONBuffer(["pipeline": .array(pipeline.mongo.map { .document($0) })])
        let options = try self.options(options)
        return try withCollection(namespace) { (collection) throws(StorageError) in
            let cursor = mongoc_collection_aggregate(
                collection, MONGOC_QUERY_NONE, stages.pointer, options.pointer,
                preference?.pointer)
            guard let cursor else {
                throw StorageError(code: .internalError, message: "libmongoc gave no cursor")
            }
            return MongoCursor(cursor, mapping: MongoErrorMapping.ofPipeline)
        }
    }
}
