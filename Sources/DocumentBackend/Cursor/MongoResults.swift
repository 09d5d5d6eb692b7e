internal import StorageKit
internal import Synchronization

/// The documents of a cursor: a client is held from the first one to the last, or is the one of
/// their transaction.
///
/// They are decoded on the client's thread, where libmongoc's buffer lies.
final class MongoResults<Entity: Decodable & Sendable>: ResultSource {
    /// Gives a cursor, or `nil` where nobody need be asked.
    typealias Opening = @Sendable (MongoSession) throws(StorageError) -> MongoCursor?

    private let database: MongoDatabase
    private let operation: String
    private let open: Opening
    private let lease = Mutex<BlockingLease<MongoSession>?>(nil)
    private let isOver = Atomic<Bool>(false)
    /// Used on the lease's thread alone.
    private let walk = MongoWalk<Entity>()

    /// - Parameters:
    ///   - operation: What is done, for errors.
    ///   - open: Called on the client's thread, when the first document is asked for.
    init(_ database: MongoDatabase, _ operation: String, open: @escaping Opening) {
        self.database = database
        self.operation = operation
        self.open = open
    }

    func nextBatch() async throws(StorageError) -> [Entity] {
        if isOver.load(ordering: .relaxed) { return [] }
        let context = database.core.callerContext
        do throws(StorageError) {
            let lease = try await held()
            return try await lease.run { [self] (session) throws(StorageError) in
                // While the call waited for the thread its transaction may have ended.
                try database.hold?.state.check()
                return try session.perform(writes: false, for: context) {
                    () throws(StorageError) in
                    try fetch(session)
                }
            }
        } catch {
            let error = database.hold?.noting(error) ?? error
            throw error.adding(operation: operation, store: database.core.name)
        }
    }

    func close() {
        if let hold = database.hold { return hold.close(walk) }
        guard let lease = lease.withLock({ $0.take() }) else { return }
        lease.runLater { [walk] _ in
            walk.end()
            lease.release()
        }
    }

    private func held() async throws(StorageError) -> BlockingLease<MongoSession> {
        if let hold = database.hold { return try hold.usableLease() }
        try HeldConnection.check(database.core)
        if let lease = lease.withLock({ $0 }) { return lease }
        let new = try await database.core.workers.lease()
        lease.withLock { $0 = new }
        return new
    }

    /// The next documents; with the last ones the client is given back.
    private func fetch(_ session: MongoSession) throws(StorageError) -> [Entity] {
        if !walk.hasBegun {
            walk.begin(try open(session))
            database.hold?.add(walk)
        }
        let batch = try walk.nextBatch(database.core.settings.batchSize)
        if walk.isOver {
            isOver.store(true, ordering: .relaxed)
            lease.withLock { $0.take() }?.release()
        }
        return batch
    }
}
