extension RelationalStore {
    /// Runs the body in a transaction, and runs it again in another one when that lost against
    /// somebody else's.
    ///
    /// A database that promises ``TransactionIsolation/serializable`` keeps the promise by refusing
    /// transactions that would not fit, with ``StorageError/Code/conflict``; any may be refused to
    /// break a deadlock. Nothing of them has happened, so they are to be run again from the
    /// beginning, with what the database holds then:
    ///
    /// ```swift
    /// try await store.withRetryingTransaction(isolation: .serializable) { transaction in
    ///     let count = try await transaction.first(
    ///         "SELECT count(*) FROM shift WHERE on_call", as: Int.self)
    ///     guard count ?? 0 > 1 else { throw Rota.nobodyLeft }
    ///     try await transaction.execute("UPDATE shift SET on_call = false WHERE id = \(id)")
    /// }
    /// ```
    ///
    /// ## What is run again
    ///
    /// A body whose transaction threw a ``StorageError`` that is ``StorageError/isRetryable``, and
    /// whose ``StorageError/mayHaveBeenApplied`` is false. A commit of unknown outcome is never
    /// repeated, nor is an error of the body's own.
    ///
    /// ## What the caller guarantees
    ///
    /// * What the body does outside the transaction may be done several times: a mail that it sends
    ///   is sent for each attempt.
    /// * The body lets the errors of its statements through. One that catches a conflict and goes
    ///   on has hidden it.
    ///
    /// Inside another transaction it throws ``StorageError/Code/invalidState``, as every call of
    /// the store does: a part of a transaction cannot be run again by itself.
    ///
    /// - Parameters:
    ///   - isolation: At least this much; `nil` for the database's default.
    ///   - access: Reading alone, or writing too.
    ///   - retry: How often, and after what pauses.
    ///   - body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the last attempt threw; ``StorageError/Code/cancelled`` when the task is
    ///   cancelled between two.
    @discardableResult
    public func withRetryingTransaction<Value: Sendable>(
        isolation: TransactionIsolation? = nil, access: TransactionAccess = .readWrite,
        retry: TransactionRetry = TransactionRetry(),
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        try await retry.running {
            try await withTransaction(isolation: isolation, access: access, body)
        }
    }
}
