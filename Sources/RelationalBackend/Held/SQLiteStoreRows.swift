internal import StorageKit
internal import Synchronization

/// The rows of a statement on the database itself: a connection is held from the first row to the
/// last.
///
/// A statement that writes has a transaction around it, which is committed when its last row has
/// been fetched and rolled back when the reader leaves before.
final class SQLiteStoreRows<Row: Sendable>: ResultSource {
    private let database: SQLiteDatabase
    private let sql: SQL
    private let walk: SQLiteRowWalk<Row>
    private let lease = Mutex<BlockingLease<SQLiteSession>?>(nil)
    private let isOver = Atomic<Bool>(false)

    init(_ database: SQLiteDatabase, _ sql: SQL, _ shape: SQLiteRowShape<Row>) {
        self.database = database
        self.sql = sql
        walk = SQLiteRowWalk(sql, shape)
    }

    func nextBatch() async throws(StorageError) -> [Row] {
        try await database.named("query") { () throws(StorageError) in
            try HeldConnection.check(self.database)
            if self.isOver.load(ordering: .relaxed) { return [] }
            let (lease, isFirst) = try await self.held()
            return try await lease.run { (session) throws(StorageError) in
                if isFirst { try self.begin(session) }
                return try self.fetch(session)
            }
        }
    }

    func close() {
        guard let lease = lease.withLock({ $0.take() }) else { return }
        lease.runLater { [self] session in
            end(session)
            lease.release()
        }
    }

    private var writes: Bool { sql.mayReturnChanges }
    private var access: TransactionAccess { writes ? .readWrite : .readOnly }

    private func held() async throws(StorageError) -> (BlockingLease<SQLiteSession>, Bool) {
        if let lease = lease.withLock({ $0 }) { return (lease, false) }
        let workers = writes ? database.writer : try await database.readingWorkers()
        let new = try await workers.lease()
        lease.withLock { $0 = new }
        return (new, true)
    }

    private func begin(_ session: SQLiteSession) throws(StorageError) {
        try session.begin(access)
        if writes { try session.beginTransaction(.readWrite) }
    }

    /// The next rows; with the last ones the connection is given back.
    private func fetch(_ session: SQLiteSession) throws(StorageError) -> [Row] {
        let rows = try walk.nextBatch(session.connection)
        guard walk.isOver else { return rows }
        if writes { try session.commitTransaction() }
        end(session)
        isOver.store(true, ordering: .relaxed)
        lease.withLock { $0.take() }?.release()
        return rows
    }

    /// Leaves the connection as it was found; on its thread.
    private func end(_ session: SQLiteSession) {
        walk.end()
        session.rollbackTransaction()
        session.end(access)
    }
}
