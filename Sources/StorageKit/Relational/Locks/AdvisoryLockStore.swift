/// Locks that mean what the programs that use them agree on, and that the database knows nothing of
/// but their keys.
///
/// For work that one program at a time should do, whichever of them it is: a nightly report, a
/// migration, a queue with one reader.
///
/// ## What must appear true
///
/// * **One at a time.** While a body runs, no other body runs with the same key: not in this
///   program, nor in another one that uses the same database.
/// * **It ends.** The lock is given back when the body returns or throws, when its program dies,
///   and when its connection is lost.
/// * **Waiting is bounded.** Who does not get it in time has not run its body.
///
/// ## What is not promised
///
/// * That the body is over when the lock is: a program whose connection was cut may go on while
///   another one begins. What must not happen twice needs a version besides, see
///   ``VersionedEntity``.
/// * That who waits longest is next.
/// * Taking a lock that the same task holds already: it waits for itself, until its patience ends.
public protocol AdvisoryLockStore: Sendable {
    /// Runs the body while holding a lock.
    ///
    /// - Parameters:
    ///   - key: The lock.
    ///   - patience: How long to wait for it; `.zero` tries once.
    ///   - body: What nobody else does meanwhile. It does not run when the lock is not to be had.
    /// - Returns: What the body returned.
    /// - Throws: ``StorageError/Code/busy`` when somebody else held the lock all the while,
    ///   ``StorageError/Code/cancelled`` when the task was cancelled while it waited, and what the
    ///   body threw.
    func withAdvisoryLock<Value: Sendable>(
        _ key: AdvisoryLockKey, waiting patience: Duration,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value
}

extension StorageError {
    /// The error for a lock that was not to be had in time.
    public static func lockBusy(
        _ key: AdvisoryLockKey, after patience: Duration
    ) -> StorageError {
        StorageError(
            code: .busy,
            message: "the lock \"\(key)\" was held by somebody else for \(patience); "
                + "try later, or wait longer", operation: "withAdvisoryLock")
    }
}
