internal import StorageKit
internal import Synchronization

/// Counts the connections of the databases that a test makes, and the statements they leave behind.
///
/// A database takes the census that is current where it is made, and nobody else's: tests that run
/// at the same time have one each. Outside of tests there is none, and nothing is counted.
final class SQLiteCensus: Sendable {
    /// The census of the databases that the current task makes.
    @TaskLocal static var current: SQLiteCensus?

    /// What is still there, or was left.
    struct Count: Hashable, Sendable {
        /// Connections that are open.
        var openHandles = 0
        /// Connections that were opened, ever.
        var openedHandles = 0
        /// Statements that a connection still had when it was closed.
        var leftStatements = 0
    }

    private let state = Mutex(Count())

    /// What has been counted so far.
    var count: Count { state.withLock { $0 } }

    func opened() {
        state.withLock {
            $0.openHandles += 1
            $0.openedHandles += 1
        }
    }

    func closed(leaving statements: Int) {
        state.withLock {
            $0.openHandles -= 1
            $0.leftStatements += statements
        }
    }
}
