internal import Synchronization

/// Whether a transaction can still be used: until it is over, or a call of it has failed.
///
/// For transactions that a refused write undoes as a whole. Whoever catches the error of such a
/// write and goes on would otherwise commit a transaction of which a part is gone.
package final class TransactionState: Sendable {
    private enum Phase {
        case open
        case failed(StorageError)
        case over
    }

    private let phase = Mutex(Phase.open)

    /// A transaction that has just begun.
    package init() {}

    /// Throws unless the transaction can be used.
    ///
    /// - Throws: ``StorageError/Code/invalidState``, with what undid the transaction behind it; it
    ///   may be tried again if that may.
    package func check() throws(StorageError) {
        switch phase.withLock(\.self) {
        case .open: return
        case .failed(let error): throw .undone(by: error)
        case .over:
            throw StorageError(
                code: .invalidState,
                message: "the transaction is over; use it only inside the body it was given to")
        }
    }

    /// A call has failed, and with it the transaction; the first such error is kept.
    package func fail(_ error: StorageError) {
        phase.withLock { if case .open = $0 { $0 = .failed(error) } }
    }

    /// The transaction is over.
    package func end() { phase.withLock { $0 = .over } }
}

extension StorageError {
    fileprivate static func undone(by error: StorageError) -> StorageError {
        StorageError(
            code: .invalidState,
            message: "a write of this transaction failed, which undid all of it; let the error "
                + "through to the end of the body",
            underlying: error, isRetryable: error.isRetryable)
    }
}
