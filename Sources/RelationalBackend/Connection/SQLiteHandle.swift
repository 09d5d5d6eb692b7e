internal import CSQLite
internal import StorageKit

/// The owner of one `sqlite3 *`: opened in `init`, closed in `deinit`.
///
/// It is confined to the thread that made it, so SQLite's own mutexes are switched off
/// (`SQLITE_OPEN_NOMUTEX`: "separate threads are allowed to use SQLite at the same time, as long as
/// each thread is using a different database connection", sqlite.org/threadsafe.html).
final class SQLiteHandle {
    let pointer: OpaquePointer
    let interrupter: SQLiteInterrupter

    /// Opens the database, creating its file when there is none.
    init(_ location: SQLiteLocation) throws(StorageError) {
        let path = try Self.path(of: location)
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let result = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_EXRESCODE, nil)
        guard result == SQLITE_OK, let opened else {
            // SQLite gives a handle to read the error from even when it could not open.
            let detail = opened.map { String(cString: sqlite3_errmsg($0)) }
            sqlite3_close_v2(opened)
            throw .sqlite(result, detail: detail, statement: nil)
        }
        pointer = opened
        interrupter = SQLiteInterrupter(database: opened)
    }

    deinit {
        // close_v2 waits for statements that are still referenced; none is in this package's order
        // of release, but a user's native handle may have left some.
        sqlite3_close_v2(pointer)
    }

    /// Whether no transaction is open.
    var isInAutocommit: Bool { sqlite3_get_autocommit(pointer) != 0 }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    var changes: Int { Int(sqlite3_changes64(pointer)) }

    /// Rows changed since the connection was opened, by triggers and foreign keys as well.
    var totalChanges: Int { Int(sqlite3_total_changes64(pointer)) }

    /// The rowid of the last INSERT, 0 before the first.
    var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(pointer) }

    /// Waits for locks of others up to this long.
    func setBusyTimeout(_ timeout: Duration) {
        let (seconds, attoseconds) = timeout.components
        let milliseconds =
            seconds.multipliedReportingOverflow(by: 1000).partialValue
            + attoseconds / 1_000_000_000_000_000
        sqlite3_busy_timeout(pointer, Int32(clamping: milliseconds))
    }

    /// Lets others run for a moment; only for the connection's own thread.
    ///
    /// - Returns: How long that was meant to be.
    static func pause() -> Duration {
        sqlite3_sleep(5)
        return .milliseconds(5)
    }

    /// Runs statements without parameters and without results.
    ///
    /// - Parameter script: SQL, as many statements as you like.
    func execute(script: String) throws(StorageError) {
        guard !script.utf8.contains(0) else {
            throw StorageError(
                code: .invalidStatement,
                message: "the script contains a NUL character, where SQLite would stop reading")
        }
        try check(sqlite3_exec(pointer, script, nil, nil, nil), statement: script)
    }

    /// The error for a result code, with what SQLite says about it.
    func error(_ result: Int32, statement: String?) -> StorageError {
        .sqlite(result, detail: String(cString: sqlite3_errmsg(pointer)), statement: statement)
    }

    /// Throws unless the result is `SQLITE_OK`.
    func check(_ result: Int32, statement: String?) throws(StorageError) {
        guard result != SQLITE_OK else { return }
        throw error(result, statement: statement)
    }

    /// What to hand to SQLite so that it takes a path for a path.
    private static func path(of location: SQLiteLocation) throws(StorageError) -> String {
        guard case .file(let path) = location else { return ":memory:" }
        // A path with NUL would be cut short there, and an empty one is a temporary database.
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw StorageError(
                code: .invalidArgument,
                message: "a path cannot be empty or contain a NUL character; for a database in "
                    + "memory use .memory")
        }
        // SQLite reads a leading ":" as a special name and "file:" as a URI.
        return path.hasPrefix(":") || path.hasPrefix("file:") ? "./" + path : path
    }
}
