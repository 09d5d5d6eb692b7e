internal import Synchronization

/// Whether the writing connection of a database has been opened.
///
/// The writer creates the file and switches it to WAL; a reader that came before it would find no
/// database. An object of its own, so that the threads that open connections need not hold on to
/// the database.
final class SQLiteCreation: Sendable {
    private let flag = Atomic<Bool>(false)

    var isDone: Bool {
        get { flag.load(ordering: .acquiring) }
        set { flag.store(newValue, ordering: .releasing) }
    }
}
