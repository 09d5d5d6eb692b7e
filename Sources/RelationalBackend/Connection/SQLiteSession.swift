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
    }

    let connection: SQLiteConnection
    private let handle: SQLiteHandle
    private let role: Role

    /// Opens the database.
    init(
        _ location: SQLiteLocation, _ configuration: SQLiteConfiguration, role: Role
    ) throws(StorageError) {
        self.role = role
        handle = try SQLiteHandle(location)
        connection = SQLiteConnection(
            handle: handle, statementCacheCapacity: configuration.statementCacheCapacity)
        handle.setBusyTimeout(configuration.busyTimeout)
        try setUp(location, configuration)
    }

    var interrupter: SQLiteInterrupter { handle.interrupter }

    /// Runs the body in a transaction that sees one snapshot and cannot write.
    func read<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        try forbiddingWrites { try transaction("BEGIN DEFERRED", body) }
    }

    /// Runs one statement, which is its own transaction and cannot write.
    func readStatement<Value>(
        _ body: (SQLiteConnection) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        do {
            return try forbiddingWrites { try body(connection) }
        } catch {
            throw error as? StorageError ?? .unexpected(error)
        }
    }

    /// Runs the body in a transaction that holds the write lock from its start, so that it never
    /// has to be repeated because another writer came in between.
    func write<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        try transaction("BEGIN IMMEDIATE", body)
    }

    private func transaction<Value>(
        _ begin: SQL, _ body: (SQLiteConnection) throws -> Value
    ) throws -> Value {
        try connection.execute(begin)
        do {
            let value = try body(connection)
            try commit()
            return value
        } catch {
            rollback()
            throw error
        }
    }

    private func commit() throws(StorageError) {
        guard !handle.isInAutocommit else {
            throw StorageError(
                code: .invalidState,
                message:
                    "the transaction was ended inside the body; leave COMMIT and ROLLBACK to it")
        }
        try connection.execute("COMMIT")
    }

    private func rollback() {
        // Some errors roll back by themselves: "SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM,
        // SQLITE_BUSY, SQLITE_INTERRUPT" (sqlite.org/lang_transaction.html). What is left then is
        // nothing to undo, and a failing ROLLBACK must not hide the error that led here.
        guard !handle.isInAutocommit else { return }
        try? handle.execute(script: "ROLLBACK")
    }

    /// A writer's session serves reads as well when the database is in memory.
    private func forbiddingWrites<Value>(_ body: () throws -> Value) throws -> Value {
        guard role == .writer else { return try body() }
        try handle.execute(script: "PRAGMA query_only = 1")
        defer { try? handle.execute(script: "PRAGMA query_only = 0") }
        return try body()
    }

    // MARK: Opening

    private func setUp(
        _ location: SQLiteLocation, _ configuration: SQLiteConfiguration
    ) throws(StorageError) {
        try handle.execute(script: "PRAGMA foreign_keys = 1")
        if role == .reader { return try handle.execute(script: "PRAGMA query_only = 1") }
        try handle.execute(script: "PRAGMA synchronous = \(configuration.durability.rawValue)")
        if case .file = location { try switchToWAL(configuration.busyTimeout) }
    }

    /// Readers see the last commit and never wait for the writer, nor it for them: that is WAL.
    private func switchToWAL(_ patience: Duration) throws(StorageError) {
        let mode = try retryingWhileBusy(patience) { () throws(StorageError) in
            try self.connection.first("PRAGMA journal_mode = wal", as: String.self)
        }
        guard mode != "wal" else { return }
        throw StorageError(
            code: .unsupported,
            message: "the file system does not allow a write-ahead log (SQLite chose "
                + "\(mode ?? "nothing")); put the database on a local disk")
    }
}

extension SQLiteSession {
    /// Repeats a call while another connection holds the lock.
    ///
    /// SQLite's own busy handler is not asked when a database is switched to WAL, so two processes
    /// that open a new file at the same moment would otherwise fail each other.
    private func retryingWhileBusy<Value>(
        _ patience: Duration, _ body: () throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        var waited = Duration.zero
        while true {
            do throws(StorageError) { return try body() } catch {
                guard error.code == .busy, waited < patience else { throw error }
                waited += SQLiteHandle.pause()
            }
        }
    }
}

extension StorageError {
    /// The error for one of another type where none can be.
    static func unexpected(_ error: any Error) -> StorageError {
        StorageError(
            code: .internalError, message: "an error of an unexpected type; please report it",
            underlying: error)
    }
}
