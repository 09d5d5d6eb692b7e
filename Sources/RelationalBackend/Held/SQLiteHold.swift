internal import StorageKit
internal import Synchronization

/// What the connections of one lease share: how deep transactions are nested, and which walks over
/// rows are under way.
///
/// ```
///  withConnection   level 0 ──▶ withTransaction 1 ──▶ withTransaction 2 (savepoint) …
///                       ◀── commit or rollback ──┘◀── release or rollback to ──┘
/// ```
///
/// Only the innermost connection may be used. A walk belongs to the level where it began and ends
/// with it, so that nothing on the connection outlives the body.
final class SQLiteHold: Sendable {
    private struct State {
        var level = 0
        var walks: [ObjectIdentifier: (level: Int, walk: any SQLiteWalk)] = [:]
    }

    let database: SQLiteDatabase
    let lease: BlockingLease<SQLiteSession>
    /// What the connection was asked for.
    let access: TransactionAccess
    private let state = Mutex(State())

    init(
        _ database: SQLiteDatabase, _ lease: BlockingLease<SQLiteSession>,
        _ access: TransactionAccess
    ) {
        self.database = database
        self.lease = lease
        self.access = access
    }

    /// Throws unless a connection of this level is the one to be used.
    func check(_ level: Int) throws(StorageError) {
        let current = state.withLock { $0.level }
        if level < current { throw .nestedTransactionOpen }
        if level > current { throw .transactionOver }
    }

    /// Begins a level; on the connection's thread.
    func enter(_ level: Int) { state.withLock { $0.level = level } }

    /// Ends the walks of a level, or of an inner one; on the connection's thread.
    func endWalks(from level: Int) {
        let ended = state.withLock { state in
            let ended = state.walks.filter { $0.value.level >= level }
            for key in ended.keys { state.walks[key] = nil }
            return ended
        }
        for (_, entry) in ended { entry.walk.end() }
    }

    /// Takes in a walk that begins; on the connection's thread.
    func add(_ walk: any SQLiteWalk, at level: Int) {
        state.withLock { $0.walks[ObjectIdentifier(walk)] = (level, walk) }
    }

    /// Ends a walk by itself; on the connection's thread.
    func end(_ walk: any SQLiteWalk) {
        state.withLock { $0.walks[ObjectIdentifier(walk)] = nil }
        walk.end()
    }
}
