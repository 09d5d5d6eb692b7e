internal import StorageKit

/// A connection in the hands of one task, whose statements are awaited: what the bodies of
/// ``SQLiteDatabase/withTransaction(isolation:access:_:)`` and
/// ``SQLiteDatabase/withConnection(_:_:)`` are given.
///
/// The body runs on the connection's own thread, so a statement costs no hop; an `await` of
/// something else keeps the connection, and for a writer the write lock, until the body goes on.
/// ``perform(_:)`` gives the synchronous ``SQLiteConnection`` for prepared statements and tight
/// loops.
public struct SQLiteHeldConnection: Sendable {
    let hold: SQLiteHold
    /// How many transactions are open around it: 0 none, 1 a transaction, more savepoints.
    let level: Int
    /// What its transaction may do.
    let access: TransactionAccess

    /// Runs statements synchronously, on the connection's thread.
    ///
    /// - Parameter body: Statements without an `await` between them.
    /// - Returns: What the body returned.
    @discardableResult
    public func perform<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await run("perform") { (session) throws(StorageError) in
            Result { try body(session.connection) }
        }.get()
    }

    /// Runs a call on the connection, if it is this one's turn.
    func run<Value: Sendable>(
        _ operation: String,
        _ body: @escaping @Sendable (SQLiteSession) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            return try await hold.lease.run { [hold, level] (session) throws(StorageError) in
                try hold.check(level)
                return try body(session)
            }
        } catch {
            throw error.adding(operation: operation, store: hold.database.location.description)
        }
    }
}
