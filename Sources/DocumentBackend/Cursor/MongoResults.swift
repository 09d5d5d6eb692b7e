internal import StorageKit
internal import Synchronization

/// The documents of a query: a client is held from the first one to the last.
///
/// They are decoded on the client's thread, where libmongoc's buffer lies.
final class MongoResults<Entity: Decodable & Sendable>: ResultSource {
    private let database: MongoDatabase
    private let query: DocumentQuery
    private let collection: String
    private let lease = Mutex<BlockingLease<MongoSession>?>(nil)
    private let isOver = Atomic<Bool>(false)
    /// Used on the lease's thread alone.
    private let walk = MongoWalk<Entity>()

    init(_ database: MongoDatabase, _ query: DocumentQuery, _ collection: String) {
        self.database = database
        self.query = query
        self.collection = collection
    }

    func nextBatch() async throws(StorageError) -> [Entity] {
        if isOver.load(ordering: .relaxed) { return [] }
        do throws(StorageError) {
            try query.check()
            // To the server, no documents are as many as there are.
            if query.limit == 0 { return [] }
            let lease = try await held()
            return try await lease.run { [self] (session) throws(StorageError) in
                try session.perform(writes: false) { () throws(StorageError) in
                    try fetch(session)
                }
            }
        } catch {
            throw error.adding(operation: "find", store: database.core.name)
        }
    }

    func close() {
        guard let lease = lease.withLock({ $0.take() }) else { return }
        lease.runLater { [walk] _ in
            walk.end()
            lease.release()
        }
    }

    private func held() async throws(StorageError) -> BlockingLease<MongoSession> {
        if let lease = lease.withLock({ $0 }) { return lease }
        let new = try await database.core.workers.lease()
        lease.withLock { $0 = new }
        return new
    }

    /// The next documents; with the last ones the client is given back.
    private func fetch(_ session: MongoSession) throws(StorageError) -> [Entity] {
        if !walk.hasBegun { walk.begin(try open(session)) }
        let batch = try walk.nextBatch(database.core.settings.batchSize)
        if walk.isOver {
            isOver.store(true, ordering: .relaxed)
            lease.withLock { $0.take() }?.release()
        }
        return batch
    }

    private func open(_ session: MongoSession) throws(StorageError) -> MongoCursor {
        var options = database.findOptions(query)
        // The server adds up what all batches take; how long a reader reads is his own affair.
        options["maxTimeMS"] = nil
        if let limit = query.limit { options["limit"] = .int64(Int64(limit)) }
        options["batchSize"] = .int64(Int64(database.core.settings.batchSize))
        return try session.find(
            query.filter.mongo, options, in: database.namespace(collection),
            database.readPreference)
    }
}
