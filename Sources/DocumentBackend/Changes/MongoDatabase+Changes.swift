public import StorageKit

extension MongoDatabase: ChangeFeedDocumentStore {
    /// Opens a feed of a collection's changes: a change stream, which wants a replica set or a
    /// sharded cluster.
    ///
    /// One round trip, and one for each batch of events. A feed holds a thread and a connection of
    /// its own, of ``MongoSettings/maximumFeeds``, until it ends.
    ///
    /// * **It goes on by itself** behind the last event when its server goes away, for as long as
    ///   ``MongoSettings/feedResumeTimeout``.
    /// * **What the server remembers** is its oplog: a position that is no longer in it is
    ///   ``/StorageKit/StorageError/Code/notFound``.
    /// * Only what a majority has is told, so nothing that is told is rolled back.
    public func changes<Entity: Decodable & Sendable>(
        of collection: String, after position: DocumentFeedPosition?, withDocuments: Bool,
        as type: Entity.Type
    ) async throws(StorageError) -> DocumentFeed<Entity> {
        let namespace = try namespace(collection)
        do throws(StorageError) {
            try HeldConnection.check(core)
            let token = try position.map { (position) throws(StorageError) in
                try position.mongoToken(in: namespace)
            }
            let question = MongoFeedQuestion(
                namespace: namespace, withDocuments: withDocuments, preference: readPreference,
                batchSize: core.settings.batchSize,
                patience: min(.seconds(1), core.settings.operationTimeout))
            let feed = MongoFeed<Entity>(
                core, question, try await core.feedWorkers.lease(), after: token)
            do throws(StorageError) {
                let beginning = try await feed.begin()
                return DocumentFeed(from: .mongo(beginning, in: namespace), feed)
            } catch {
                feed.close()
                throw error
            }
        } catch {
            throw error.adding(operation: "changes", store: core.name)
        }
    }
}

extension DocumentFeedPosition {
    private static var kind: String { "mongodb" }

    static func mongo(_ token: DocumentValue, in namespace: MongoNamespace) -> Self {
        Self(token, of: namespace.text, kind: kind)
    }

    fileprivate func mongoToken(
        in namespace: MongoNamespace
    ) throws(StorageError) -> DocumentValue {
        try token(of: namespace.text, kind: Self.kind)
    }
}

extension MongoNamespace {
    fileprivate var text: String { "\(database).\(collection)" }
}
