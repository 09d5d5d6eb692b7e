internal import StorageKit

/// What a feed asks of the server.
struct MongoFeedQuestion: Sendable {
    var namespace: MongoNamespace
    var withDocuments: Bool
    var preference: MongoReadPreferenceHandle?
    /// How many events an answer has at the most.
    var batchSize: Int
    /// How long the server waits for an event before it says that there is none.
    var patience: Duration

    /// The command that opens a change stream, behind a token or now.
    ///
    /// Its answer has no events, whatever there is: it is where the stream begins.
    func opening(after token: DocumentValue?) -> Document {
        var stage = Document()
        // Unlike "resumeAfter" it also goes on behind the end of a collection.
        if let token { stage["startAfter"] = token }
        if withDocuments { stage["fullDocument"] = "updateLookup" }
        return [
            "aggregate": .string(namespace.collection),
            "pipeline": [["$changeStream": .document(stage)]], "cursor": ["batchSize": 0],
        ]
    }

    /// The command that waits for events.
    func asking(_ cursor: MongoFeedCursor) -> Document {
        [
            "getMore": .int64(cursor.id), "collection": .string(namespace.collection),
            "batchSize": .int32(Int32(clamping: batchSize)),
            "maxTimeMS": .int64(Int64(patience.mongoMilliseconds)),
        ]
    }

    /// The command that ends a change stream.
    func ending(_ cursor: MongoFeedCursor) -> Document {
        ["killCursors": .string(namespace.collection), "cursors": [.int64(cursor.id)]]
    }
}

/// A change stream on a server.
struct MongoFeedCursor: Sendable {
    var server: UInt32
    var id: Int64
}
