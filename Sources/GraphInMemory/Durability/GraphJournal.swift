internal import StorageKit

/// Where commits are made durable, in the order in which they came.
protocol GraphJournal: Sendable {
    /// Puts a commit in the line; returns at once.
    ///
    /// The caller enqueues one commit at a time.
    ///
    /// - Parameters:
    ///   - changes: What the commit did, in its order; at least one change.
    ///   - completion: Called once, on any thread: with success when the commit is as durable as
    ///     was asked for, and with the error when it certainly is not or may not be. Completions
    ///     come in the order of the commits. After a failure all commits behind it fail as well,
    ///     until the caller has called ``resume()``: they were made on top of it.
    func enqueue(
        _ changes: [GraphChange],
        completion: @escaping @Sendable (Result<Void, StorageError>) -> Void)

    /// The caller has gone back to the last commit that did not fail; what comes now is on top of
    /// that.
    ///
    /// - Throws: When nothing can be written any more: the store has to be opened anew.
    func resume() throws(StorageError)

    /// Whether so much has been logged that the caller should have a snapshot made.
    var wantsCheckpoint: Bool { get }

    /// Puts a snapshot in the line, behind the commits that were enqueued; returns at once.
    ///
    /// - Parameters:
    ///   - state: What those commits lead to. As with commits, the caller enqueues one at a time.
    ///   - completion: Called once, on any thread, when the snapshot is on the disk and the log
    ///     before it is not needed any more, or when it failed, which harms nothing.
    func checkpoint(
        _ state: GraphState,
        completion: @escaping @Sendable (Result<Void, StorageError>) -> Void)

    /// Finishes what is in the line, and gives back what the journal holds.
    func close() async
}

extension GraphJournal {
    var wantsCheckpoint: Bool { false }

    func checkpoint(
        _ state: GraphState,
        completion: @escaping @Sendable (Result<Void, StorageError>) -> Void
    ) {
        completion(.success(()))
    }
}
