internal import StorageKit

/// A connection in the hands of a worker: opened and set up on its thread, with the frame of a
/// transaction around what is run on it.
final class SQLiteSession: BlockingResource {
    /// What a session is for.
    enum Role {
        /// Reads and writes.
        case writer
        /// Reads only, of a database in WAL.
        case reader
        /// The same on whichever thread has a short read, within limits.
        case inPlace
    }

    let connection: SQLiteConnection
    let handle: SQLiteHandle
    let role: Role
    /// How far the group of writes has come that share a transaction.
    var group = GroupPhase.none
    /// Closed before the writer's connection is: the last one to close removes the write-ahead log,
    /// and only one that may write can.
    var inPlaceReaders: SQLiteInPlaceReaders?

    /// Opens the database.
    init(_ opener: SQLiteOpener, role: Role) throws(StorageError) {
        self.role = role
        handle = try opener.handle(role)
        let configuration = opener.configuration
        connection = SQLiteConnection(
            handle: handle, statementCacheCapacity: configuration.statementCacheCapacity)
        do throws(StorageError) { try setUp(opener.location, configuration) } catch {
            // The statement is one of this file's, which the user has never seen.
            throw error.changed { $0.statement = nil }
        }
    }

    deinit { inPlaceReaders?.closeAndWait() }

    var interrupter: SQLiteInterrupter { handle.interrupter }

    /// Runs the body in a transaction that sees one snapshot and cannot write.
    func read<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        try forbiddingWrites { try transaction(.readOnly, body) }
    }

    /// The same for a body that throws nothing but ``StorageError``.
    func snapshot<Value>(
        _ body: (SQLiteConnection) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        do { return try read(body) } catch {
            throw error as? StorageError ?? .unexpected(error)
        }
    }

    /// Runs one statement that reads, in a transaction of its own.
    func readStatement<Value>(
        _ body: (SQLiteConnection) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        do {
            return try forbiddingWrites { try alone(body) }
        } catch {
            throw error as? StorageError ?? .unexpected(error)
        }
    }

    /// Runs the body in a transaction that holds the write lock from its start, so that it never
    /// has to be repeated because another writer came in between.
    func write<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        try transaction(.readWrite, body)
    }

    /// Runs one statement that writes, in a transaction of its own.
    func writeStatement<Value>(
        _ body: (SQLiteConnection) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        if group != .none { return try writeInGroup(body) }
        do throws(StorageError) { return try alone(body) } catch {
            throw error.doubtfulIfCommitFailed
        }
    }

    // MARK: Frames

    private func transaction<Value>(
        _ access: TransactionAccess, _ body: (SQLiteConnection) throws -> Value
    ) throws -> Value {
        try beginTransaction(access)
        do {
            let value = try body(connection)
            try commitTransaction()
            return value
        } catch {
            throw rollbackTransaction() ? error.doubtfulIfTransactionEnded : error
        }
    }

    func commit() throws(StorageError) {
        do throws(StorageError) { try connection.execute("COMMIT") } catch {
            throw error.doubtfulIfCommitFailed
        }
    }

    func rollback() {
        // Some errors roll back by themselves: "SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM,
        // SQLITE_BUSY, SQLITE_INTERRUPT" (sqlite.org/lang_transaction.html). What is left then is
        // nothing to undo, and a failing ROLLBACK must not hide the error that led here.
        guard !handle.isInAutocommit else { return }
        handle.interrupter.shielded { try? handle.execute(script: "ROLLBACK") }
    }

    /// Runs a statement that has to be its own transaction.
    private func alone<Value>(
        _ body: (SQLiteConnection) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        let value = try body(connection)
        guard !handle.isInAutocommit else { return value }
        rollback()
        throw .transactionLeftOpen
    }

    /// A writer's session serves reads as well when the database is in memory.
    private func forbiddingWrites<Value>(_ body: () throws -> Value) throws -> Value {
        try begin(.readOnly)
        defer { end(.readOnly) }
        return try body()
    }

    func setQueryOnly(_ isOn: Bool) throws(StorageError) {
        try handle.interrupter.shielded { () throws(StorageError) in
            try handle.execute(script: "PRAGMA query_only = \(isOn ? 1 : 0)")
        }
    }

    // MARK: Opening

    private func setUp(
        _ location: SQLiteLocation, _ configuration: SQLiteConfiguration
    ) throws(StorageError) {
        try handle.execute(script: "PRAGMA foreign_keys = 1")
        if role != .writer { try handle.execute(script: "PRAGMA query_only = 1") }
        if role == .inPlace { handle.limitInPlace() }
        guard role == .writer, configuration.opening != .readOnly else { return }
        try handle.execute(script: "PRAGMA synchronous = \(configuration.durability.rawValue)")
        // On Apple's systems fsync alone leaves data in the disk's cache; elsewhere this is
        // ignored.
        if configuration.durability == .full { try handle.execute(script: "PRAGMA fullfsync = 1") }
        if case .file = location { try switchToWAL() }
    }

    /// Readers see the last commit and never wait for the writer, nor it for them: that is WAL.
    ///
    /// SQLite does not ask its busy handler here, so two processes that open a new file at the same
    /// moment would fail each other.
    private func switchToWAL() throws(StorageError) {
        let mode = try handle.retryingWhileBusy { () throws(StorageError) in
            try self.connection.first("PRAGMA journal_mode = wal", as: String.self)
        }
        guard mode != "wal" else { return }
        throw StorageError(
            code: .unsupported,
            message: "the file system does not allow a write-ahead log (SQLite chose "
                + "\(mode ?? "nothing")); put the database on a local disk")
    }
}

extension Error {
    /// The error of a body whose transaction was over before it, in doubt where a COMMIT of the
    /// body's own may be the reason.
    var doubtfulIfTransactionEnded: any Error {
        guard let error = self as? StorageError,
            error.code == .invalidState || error.code == .invalidStatement
        else { return self }
        return error.doubtful
    }
}

extension StorageError {
    /// The error, in doubt when the file system failed while a commit may have been under way.
    ///
    /// The log may have reached the disk although SQLite was told otherwise; the next one to open
    /// the file finds out.
    fileprivate var doubtfulIfCommitFailed: StorageError {
        code == .unavailable ? doubtful : self
    }

    fileprivate var doubtful: StorageError { changed { $0.mayHaveBeenApplied = true } }

    /// The error for a BEGIN without an end.
    static var transactionLeftOpen: StorageError {
        StorageError(
            code: .invalidState,
            message: "BEGIN or SAVEPOINT alone would leave the connection in a transaction for "
                + "whoever comes next; use withTransaction")
    }

    /// The error for one of another type where none can be.
    static func unexpected(_ error: any Error) -> StorageError {
        StorageError(
            code: .internalError, message: "an error of an unexpected type; please report it",
            underlying: error)
    }
}
