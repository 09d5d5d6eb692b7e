/// A document store that changes several documents in one step.
///
/// ```swift
/// try await store.withTransaction { transaction in
///     let accounts = accounts.in(transaction)
///     try await accounts.updateOne(Account.id == payer, [Account.balance.increment(by: -amount)])
///     try await accounts.updateOne(Account.id == payee, [Account.balance.increment(by: amount)])
/// }
/// ```
///
/// Inside, a ``DocumentCollection`` is the one of the transaction:
/// ``DocumentCollection/in(_:)``.
///
/// ## What the caller guarantees
///
/// * Inside a body only the transaction is used. Using the store there would wait for a connection
///   that the body itself may hold, or miss what the body has written: it throws
///   ``StorageError/Code/invalidState``, also from tasks that were started inside the body, unless
///   they are detached.
/// * A body is short. What it holds is held until it returns, and a store may give up a transaction
///   that takes long: ``StorageError/Code/conflict``.
/// * A body lets the errors of its writes through. A refused write undoes the transaction: every
///   later call and the commit throw ``StorageError/Code/invalidState``.
///
/// ## What must appear true
///
/// * **Atomic.** What a transaction did happens entirely when its body returns, or not at all.
/// * **Isolated.** A transaction reads one snapshot, with what it has written itself, and nobody
///   else sees that before the commit. Of two transactions that write the same document at the same
///   time one is refused: ``StorageError/Code/conflict``, which ``StorageError/isRetryable``. What
///   a transaction has only read may be changed by another one meanwhile (snapshot isolation, which
///   is less than serializable: write what a decision rests on).
/// * **Cancelled means ended.** Cancelling the task ends the call that runs for it, rolls the
///   transaction back and throws ``StorageError/Code/cancelled``. A commit that has begun is waited
///   for.
///
/// ## What is not promised
///
/// * When a conflict is noticed: at the write, at a later call, or at the commit.
/// * That a sequence outlives its transaction; it throws ``StorageError/Code/invalidState`` then.
public protocol TransactionalDocumentStore: DocumentStore {
    /// What the bodies are given.
    associatedtype Transaction: DocumentQuerying

    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// The transaction is committed when the body returns, and rolled back when it throws or its
    /// task is cancelled. The commit is a round trip.
    ///
    /// - Parameter body: Calls of the transaction. It runs where the connection is, off every
    ///   actor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageError``; nothing was changed then, unless
    ///   ``StorageError/mayHaveBeenApplied`` says that it may have: the commit's answer was lost.
    @discardableResult
    func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (Transaction) async throws -> Value
    ) async throws -> Value
}

extension TransactionalDocumentStore {
    /// Runs the body in a transaction, and runs it again in another one when that lost against
    /// somebody else's, or its server went away.
    ///
    /// ```swift
    /// try await store.withRetryingTransaction { transaction in
    ///     let counters = counters.in(transaction)
    ///     guard var counter = try await counters.first(Counter.id == "orders") else { return }
    ///     counter.value += 1
    ///     try await counters.replace(Counter.id == "orders", with: counter)
    /// }
    /// ```
    ///
    /// ## What is run again
    ///
    /// A body whose transaction threw a ``StorageError`` that is ``StorageError/isRetryable``, and
    /// whose ``StorageError/mayHaveBeenApplied`` is false. A commit of unknown outcome is never
    /// repeated with its body, nor is an error of the body's own.
    ///
    /// What the body does outside the transaction may be done several times: a mail that it sends
    /// is sent for each attempt.
    ///
    /// - Parameters:
    ///   - retry: How often, and after what pauses.
    ///   - body: Calls of the transaction. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the last attempt threw; ``StorageError/Code/cancelled`` when the task is
    ///   cancelled between two.
    @discardableResult
    public func withRetryingTransaction<Value: Sendable>(
        retry: TransactionRetry = TransactionRetry(),
        _ body: @Sendable @concurrent (Transaction) async throws -> Value
    ) async throws -> Value {
        try await retry.running { try await withTransaction(body) }
    }
}
