public import StorageKit

/// A connection, as the body of ``SQLiteDatabase/read(_:)`` and ``SQLiteDatabase/write(_:)`` sees
/// it.
///
/// Its methods are synchronous: the body runs on the connection's own thread, where waiting for the
/// disk is allowed, and a hundred statements cost no task switch. It cannot leave the body (it is
/// not `Sendable`).
///
/// Statements are prepared once and kept by their text, so write values as interpolations and not
/// into the text. Text, numbers and so on come back as strictly as ``SQLColumn`` says.
public final class SQLiteConnection {
    /// How many rows ``query(_:as:limit:)`` gives unless told otherwise; more is an error.
    public static let defaultLimit = 10_000

    let handle: SQLiteHandle
    private let statements: SQLiteStatementCache

    init(handle: SQLiteHandle, statementCacheCapacity: Int) {
        self.handle = handle
        statements = SQLiteStatementCache(handle: handle, capacity: statementCacheCapacity)
    }

    /// Prepares a statement that is run many times; see ``SQLitePreparedStatement``.
    ///
    /// - Parameter sql: One statement. `\(SQL.placeholder)` stands for a value that comes with each
    ///   run.
    public func prepare(_ sql: SQL) throws(StorageError) -> SQLitePreparedStatement {
        try SQLitePreparedStatement(sql.rendered(for: SQLiteDialect()), on: handle)
    }

    /// Runs one statement to its end.
    ///
    /// - Returns: What it changed.
    @discardableResult
    public func execute(_ sql: SQL) throws(StorageError) -> SQLiteChanges {
        try execute(sql.rendered(for: SQLiteDialect()))
    }

    /// The same for a statement whose text is at hand.
    @discardableResult
    func execute(_ rendered: RenderedSQL) throws(StorageError) -> SQLiteChanges {
        let prepared = try begin(rendered)
        defer { prepared.end() }
        return try prepared.runToEnd()
    }

    /// Runs any number of statements without parameters, for example a schema.
    ///
    /// - Parameter script: Statements separated by semicolons, from the program and never from
    ///   outside.
    /// - Throws: At the first statement that fails; those before it have been run. Inside `write`
    ///   the transaction takes them back.
    public func execute(script: String) throws(StorageError) {
        try handle.checkRunnable()
        try handle.execute(script: script)
    }

    /// Runs the body with the `sqlite3 *` itself, outside of this package's contract.
    ///
    /// Do not close it, keep it, or leave statements or transactions open on it.
    public func withNativeConnection<Result>(
        _ body: (OpaquePointer) throws -> Result
    ) rethrows -> Result {
        defer { handle.settleChanges() }
        return try body(handle.pointer)
    }

    /// Lets go of every statement that is kept for its next run.
    func forgetStatements() { statements.removeAll() }

    /// Closes the connection now, whoever still holds this object; nothing may use it after that.
    func close() {
        statements.removeAll()
        handle.close()
    }

    /// Prepares a statement, or takes it from the cache, and begins its run.
    @usableFromInline
    func begin(_ sql: SQL) throws(StorageError) -> SQLitePreparedStatement {
        try begin(sql.rendered(for: SQLiteDialect()))
    }

    /// The same for a statement whose text is at hand.
    func begin(_ rendered: RenderedSQL) throws(StorageError) -> SQLitePreparedStatement {
        let prepared = try statement(for: rendered)
        try prepared.begin(rendered.parameters)
        return prepared
    }

    private func statement(for rendered: RenderedSQL) throws(StorageError)
        -> SQLitePreparedStatement
    {
        guard rendered.begins(with: "EXPLAIN") else {
            return try statements.statement(for: rendered)
        }
        // A plan touches no table, so SQLite would not notice that another connection has changed
        // the schema since this one last looked: have it look, and compile anew.
        try handle.execute(script: "SELECT 1 FROM sqlite_schema LIMIT 1")
        return try SQLitePreparedStatement(rendered, on: handle)
    }
}
