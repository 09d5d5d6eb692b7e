public import StorageKit

extension MongoDatabase: TransactionalDocumentStore {
    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// A round trip for each call, and one for the commit; none for the beginning, which goes with
    /// the first call. It wants a replica set or a sharded cluster: elsewhere the first call throws
    /// ``/StorageKit/StorageError/Code/unsupported``.
    ///
    /// * **Concerns.** It reads one snapshot of what a majority has, and its commit is confirmed by
    ///   a majority, unless the connection string or
    ///   ``with(writeConcern:readConcern:readPreference:)`` says otherwise. It is at the primary,
    ///   whatever the preference is.
    /// * **Conflicts** are refused at the write: whoever writes a document first holds it until his
    ///   transaction ends. ``withRetryingTransaction(retry:_:)`` runs the body again.
    /// * **A commit whose answer is lost** is sent again, for as long as
    ///   ``MongoSettings/operationTimeout``.
    /// * **The server gives up** a transaction that is a minute old, unless it is told otherwise:
    ///   ``/StorageKit/StorageError/Code/conflict``.
    ///
    /// - Parameter body: Calls of the transaction. It runs on the thread of the client that the
    ///   transaction has.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``/StorageKit/StorageError``; nothing was changed then,
    ///   unless ``/StorageKit/StorageError/mayHaveBeenApplied`` says that it may have.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (MongoTransaction) async throws -> Value
    ) async throws -> Value {
        do {
            try HeldConnection.check(core)
            return try await HeldConnection.marking(core) {
                try await core.workers.withLease { lease in
                    let hold = MongoHold(core, lease)
                    do {
                        try await hold.begin(transactionConcerns)
                        let value = try await body(MongoTransaction(self, hold))
                        try await hold.commit()
                        await hold.leave()
                        return value
                    } catch {
                        await hold.leave()
                        throw error
                    }
                }
            }
        } catch let error as StorageError {
            throw error.adding(operation: "withTransaction", store: core.name)
        }
    }

    private var transactionConcerns: MongoTransactionConcerns {
        MongoTransactionConcerns(
            write: writeConcern, read: readConcern, commitTime: core.settings.operationTimeout)
    }
}
