internal import StorageKit
internal import Synchronization

/// The wish of another thread that a connection's job should end.
///
/// It is a flag and nothing more. SQLite asks for it, through its progress handler, every thousand
/// steps of its virtual machine and whenever it waits for a lock, and each statement asks before it
/// begins. `sqlite3_interrupt` is not used: a call of it that falls into the moment before a
/// statement's first step is lost ("a call to sqlite3_interrupt(D) that occurs when there are no
/// running SQL statements is a no-op", sqlite.org/c3ref/interrupt.html), and one that falls into a
/// ROLLBACK leaves the transaction open.
final class SQLiteInterrupter: BlockingInterrupter {
    private let isSet = Atomic<Bool>(false)
    private let isShielded = Atomic<Bool>(false)

    func interrupt() { isSet.store(true, ordering: .relaxed) }

    func reset() { isSet.store(false, ordering: .relaxed) }

    /// Whether the running statement should end.
    var shouldStop: Bool {
        isSet.load(ordering: .relaxed) && !isShielded.load(ordering: .relaxed)
    }

    /// Throws when the job should end.
    func check() throws(StorageError) {
        if shouldStop { throw .cancelled() }
    }

    /// Runs what has to be done even for a cancelled job: leaving the connection as it was found.
    func shielded<Value, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        isShielded.store(true, ordering: .relaxed)
        defer { isShielded.store(false, ordering: .relaxed) }
        return try body()
    }
}
