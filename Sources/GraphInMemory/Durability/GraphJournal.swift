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

    /// Finishes what is in the line, and gives back what the journal holds.
    func close() async
}
