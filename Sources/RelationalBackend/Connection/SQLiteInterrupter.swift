internal import CSQLite
internal import StorageKit
internal import Synchronization

/// Stops the statements of one connection from another thread.
///
/// `sqlite3_interrupt` alone would be lost when it falls between two statements of a job, so a flag
/// is set as well, which each statement looks at before it begins.
// @unchecked Sendable: "It is safe to call this routine from a thread different from the thread
// that is currently running the database operation. But it is not safe to call this routine with a
// database connection that is closed or might close before sqlite3_interrupt() returns."
// (sqlite.org/c3ref/ interrupt.html). The workers call it only while a job holds the connection,
// which is then open.
final class SQLiteInterrupter: BlockingInterrupter, @unchecked Sendable {
    private let database: OpaquePointer
    private let isSet = Atomic<Bool>(false)

    init(database: OpaquePointer) { self.database = database }

    func interrupt() {
        isSet.store(true, ordering: .relaxed)
        sqlite3_interrupt(database)
    }

    func reset() { isSet.store(false, ordering: .relaxed) }

    /// Throws when the job was cancelled.
    func check() throws(StorageError) {
        if isSet.load(ordering: .relaxed) { throw .cancelled() }
    }
}
