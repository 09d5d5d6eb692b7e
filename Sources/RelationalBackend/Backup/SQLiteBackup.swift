internal import CSQLite
internal import StorageKit

/// The owner of one `sqlite3_backup *`: begun in `init`, finished in `deinit` at the latest.
///
/// One thread uses it and both connections: "the application must guarantee that the destination
/// database connection is not passed to any other API (by any thread) after sqlite3_backup_init()
/// is called and before the corresponding call to sqlite3_backup_finish()"
/// (sqlite.org/c3ref/backup_finish.html).
final class SQLiteBackup {
    private let source: SQLiteHandle
    private let destination: SQLiteHandle
    private var pointer: OpaquePointer?

    init(from source: SQLiteHandle, to destination: SQLiteHandle) throws(StorageError) {
        self.source = source
        self.destination = destination
        pointer = sqlite3_backup_init(destination.pointer, "main", source.pointer, "main")
        guard pointer != nil else {
            throw destination.error(
                sqlite3_extended_errcode(destination.pointer), statement: nil)
        }
    }

    deinit { sqlite3_backup_finish(pointer) }

    var progress: SQLiteBackupProgress {
        SQLiteBackupProgress(
            remainingPages: Int(sqlite3_backup_remaining(pointer)),
            totalPages: Int(sqlite3_backup_pagecount(pointer)))
    }

    /// Copies the next pages.
    ///
    /// - Returns: Whether there are more.
    func step(pages: Int) throws(StorageError) -> Bool {
        try source.interrupter.check()
        switch sqlite3_backup_step(pointer, Int32(clamping: pages)) {
        case SQLITE_OK: return true
        case SQLITE_DONE: return false
        case let result: throw .sqlite(result, detail: nil, statement: nil)
        }
    }

    /// Ends the backup, and throws if it did not come to its end.
    func finish() throws(StorageError) {
        let result = sqlite3_backup_finish(pointer.take())
        guard result == SQLITE_OK else { throw .sqlite(result, detail: nil, statement: nil) }
    }
}
