internal import CSQLite
internal import StorageKit

/// The owner of one `sqlite3 *`: opened in `init`, closed in `deinit`.
///
/// One thread at a time uses it, so SQLite's own mutexes are switched off (`SQLITE_OPEN_NOMUTEX`:
/// "separate threads are allowed to use SQLite at the same time, as long as each thread is using a
/// different database connection", sqlite.org/c3ref/open.html).
final class SQLiteHandle {
    let pointer: OpaquePointer
    let interrupter = SQLiteInterrupter()
    /// Set while a transaction is open: then no statement may run outside of one.
    var needsTransaction = false
    /// What it may do where the caller is; `nil` for a connection with a thread of its own.
    private(set) var inPlaceLimits: SQLiteInPlaceLimits?
    /// Who is told of committed changes; `nil` while nobody observes.
    var tracker: SQLiteChangeTracker?
    /// What a function of the user's threw in the statement that runs.
    let functionFailure = SQLiteFunctionFailure()
    /// Who counts the handles and statements of this database.
    let census: SQLiteCensus?
    /// How many statements of this package are prepared on it; a virtual table has some of its own.
    var statementCount = 0
    private let busyHandler: SQLiteBusyHandler
    private let busyTimeout: Duration
    private var isClosed = false

    /// Opens the database.
    ///
    /// - Parameters:
    ///   - location: Where it is.
    ///   - opening: Whether to make the file when there is none, and whether to write.
    ///   - busyTimeout: How long to wait for locks of others.
    ///   - census: Who counts the handle while it is open.
    init(
        _ location: SQLiteLocation, _ opening: SQLiteConfiguration.Opening,
        busyTimeout: Duration, census: SQLiteCensus?
    ) throws(StorageError) {
        self.census = census
        self.busyTimeout = busyTimeout
        busyHandler = SQLiteBusyHandler(timeout: busyTimeout, interrupter: interrupter)
        let path = try Self.path(of: location)
        var opened: OpaquePointer?
        let flags = opening.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let result = sqlite3_open_v2(path, &opened, flags, nil)
        guard result == SQLITE_OK, let opened else {
            // SQLite gives a handle to read the error from even when it could not open.
            let detail = opened.map { String(cString: sqlite3_errmsg($0)) }
            sqlite3_close_v2(opened)
            throw .sqlite(result, detail: detail, statement: nil)
        }
        pointer = opened
        census?.opened()
        storagekit_sqlite_forbid_double_quoted_strings(opened)
        installHandlers()
    }

    deinit { close() }

    /// Closes the database now, whoever still holds this object; nothing may use it after that.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        // A statement that a user's native handle left keeps the connection alive as a zombie,
        // which must not ask objects that are gone.
        sqlite3_progress_handler(pointer, 0, nil, nil)
        sqlite3_busy_handler(pointer, nil, nil)
        sqlite3_set_authorizer(pointer, nil, nil)
        stopTracking()
        census?.closed(leaving: statementCount)
        // close_v2 waits for statements that are still referenced; none is in this package's order
        // of release, but a user's native handle may have left some.
        sqlite3_close_v2(pointer)
    }

    /// Whether no transaction is open.
    var isInAutocommit: Bool { sqlite3_get_autocommit(pointer) != 0 }

    /// Whether the transaction holds rows whose foreign keys have to be right at its end and are
    /// not yet, so that COMMIT would fail.
    var hasUnresolvedForeignKeys: Bool {
        var current: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(pointer, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
        return current != 0
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    var changes: Int { Int(sqlite3_changes64(pointer)) }

    /// Rows changed since the connection was opened, by triggers and foreign keys as well.
    var totalChanges: Int { Int(sqlite3_total_changes64(pointer)) }

    /// The rowid of the last INSERT, 0 before the first.
    var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(pointer) }

    /// Calls the body again while it throws `busy`, as long as the timeout allows.
    ///
    /// For the few statements for which SQLite does not ask its busy handler.
    func retryingWhileBusy<Value>(
        _ body: () throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        // A handler of its own: SQLite asks the other one in between, which begins anew each time.
        let handler = SQLiteBusyHandler(timeout: busyTimeout, interrupter: interrupter)
        var attempt = 0
        while true {
            do throws(StorageError) { return try body() } catch {
                guard error.code == .busy, handler.wait(attempt: attempt) else { throw error }
                attempt += 1
            }
        }
    }

    /// Throws when the job was cancelled, or its transaction is gone.
    ///
    /// Every statement asks before it begins. Some errors end the transaction (`RAISE(ROLLBACK)`,
    /// a full disk); a body that catches such an error and goes on must not have its further
    /// statements committed one by one.
    func checkRunnable() throws(StorageError) {
        try interrupter.check()
        functionFailure.error = nil
        guard needsTransaction, isInAutocommit else { return }
        throw StorageError(
            code: .invalidState,
            message: "the transaction is over, by an error that rolled it back or by a COMMIT or "
                + "ROLLBACK of the body's own; let the body throw")
    }

    /// Runs statements without parameters and without results.
    ///
    /// - Parameter script: SQL, as many statements as you like.
    func execute(script: String) throws(StorageError) {
        try Self.refuseNUL(in: script)
        functionFailure.error = nil
        defer { settleChanges() }
        // A script may have values written into its text, so an error does not repeat it.
        try check(sqlite3_exec(pointer, script, nil, nil, nil), statement: nil)
    }

    /// Throws when SQLite would stop reading a statement or script before its end.
    static func refuseNUL(in sql: String) throws(StorageError) {
        guard sql.utf8.contains(0) else { return }
        throw StorageError(
            code: .invalidStatement,
            message: "the SQL contains a NUL character, where SQLite would stop reading")
    }

    /// The error for a result code, with what SQLite says about it.
    ///
    /// - Parameters:
    ///   - result: The extended result code.
    ///   - statement: The statement with placeholders.
    ///   - mayQuoteValues: Whether SQLite's words may contain a bound value, as those of a function
    ///     do (`JSON path error near …`); then they are left out.
    func error(_ result: Int32, statement: String?, mayQuoteValues: Bool = false) -> StorageError {
        // A wait for a lock that was given up because nobody wants the answer any more.
        if result & 0xff == SQLITE_BUSY, interrupter.shouldStop { return .cancelled() }
        if let failure = functionFailure.take() {
            return failure.asError(result, statement: statement)
        }
        let words = String(cString: sqlite3_errmsg(pointer))
        let isWithheld = mayQuoteValues && !Self.harmlessWords.contains(where: words.hasPrefix)
        let detail =
            isWithheld
            ? "SQLite refused the statement while it ran; its words are withheld, for they may "
                + "quote a value" : words
        return .sqlite(result, detail: detail, statement: statement)
    }

    /// How messages begin that speak of the schema and never of values.
    private static let harmlessWords = ["no such table", "no such function", "no such index"]

    /// Throws unless the result is `SQLITE_OK`.
    func check(_ result: Int32, statement: String?) throws(StorageError) {
        guard result != SQLITE_OK else { return }
        throw error(result, statement: statement)
    }

    /// Whether the statement that runs should end.
    ///
    /// SQLite also asks on the way back from a statement that has done its work, its commit
    /// included, and would call that one interrupted: then no statement is busy any more.
    private var shouldStop: Bool {
        guard interrupter.shouldStop else { return false }
        var statement = sqlite3_next_stmt(pointer, nil)
        while let current = statement {
            if sqlite3_stmt_busy(current) != 0 { return true }
            statement = sqlite3_next_stmt(pointer, current)
        }
        return false
    }

    private func installHandlers() {
        // Unretained: this handle closes the database before it goes, and both objects are its own.
        let handle = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            pointer, 1000,
            { context in
                guard let context else { return 0 }
                let handle = Unmanaged<SQLiteHandle>.fromOpaque(context)
                return handle.takeUnretainedValue().shouldStop ? 1 : 0
            }, handle)
        let busyHandler = Unmanaged.passUnretained(busyHandler).toOpaque()
        sqlite3_busy_handler(
            pointer,
            { context, attempt in
                guard let context else { return 0 }
                let handler = Unmanaged<SQLiteBusyHandler>.fromOpaque(context)
                return handler.takeUnretainedValue().wait(attempt: Int(attempt)) ? 1 : 0
            }, busyHandler)
    }

    /// Puts the connection under the limits of reads in place, from now on.
    func limitInPlace() {
        let limits = SQLiteInPlaceLimits()
        inPlaceLimits = limits
        sqlite3_limit(pointer, SQLITE_LIMIT_LENGTH, SQLiteInPlaceLimits.maximumLength)
        // Unretained: the limits are this handle's, which closes the database before they go.
        let context = Unmanaged.passUnretained(limits).toOpaque()
        sqlite3_progress_handler(
            pointer, SQLiteInPlaceLimits.stepsPerCrossing,
            { context in
                guard let context else { return 0 }
                let limits = Unmanaged<SQLiteInPlaceLimits>.fromOpaque(context)
                return limits.takeUnretainedValue().mayGoOn() ? 0 : 1
            }, context)
        // Asked at the beginning of each compilation, before the schema is read, also when a
        // statement is compiled again by itself. ROLLBACK needs no schema and must not be refused.
        sqlite3_set_authorizer(
            pointer,
            { context, action, _, _, _, _ in
                guard let context, action != SQLITE_TRANSACTION else { return SQLITE_OK }
                let limits = Unmanaged<SQLiteInPlaceLimits>.fromOpaque(context)
                return limits.takeUnretainedValue().mayCompile ? SQLITE_OK : SQLITE_DENY
            }, context)
    }

    /// Runs the body, on a worker, with the limits wide enough to compile statements.
    func preparingInPlace(_ body: () -> Void) {
        let length = sqlite3_limit(pointer, SQLITE_LIMIT_LENGTH, .max)
        inPlaceLimits?.beginPreparing()
        body()
        inPlaceLimits?.endPreparing()
        sqlite3_limit(pointer, SQLITE_LIMIT_LENGTH, length)
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

extension SQLiteConfiguration.Opening {
    /// As `sqlite3_open_v2` has it.
    fileprivate var flags: Int32 {
        switch self {
        case .creating: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .existing: SQLITE_OPEN_READWRITE
        case .readOnly: SQLITE_OPEN_READONLY
        }
    }
}
