public import StorageKit

extension GraphInMemory: TransactionalGraphStore {
    /// Runs the body on one moment of the graph; writers are not kept waiting.
    ///
    /// - Parameter body: Reads of the snapshot. It runs on the global executor.
    /// - Throws: What the body threw, or ``StorageKit/StorageError``.
    public func withSnapshot<Value: Sendable>(
        _ body: @Sendable @concurrent (GraphSnapshot) async throws -> Value
    ) async throws -> Value {
        try await body(snapshot())
    }

    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// Transactions wait for each other, in the order in which they came, until a body is over;
    /// then the next one begins, while the commit becomes durable.
    ///
    /// - Parameter body: Calls of the transaction. It runs on the global executor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageKit/StorageError``: `conflict`, which can be
    ///   tried again, when a commit failed whose writes the transaction has seen. Nothing was
    ///   changed then, unless ``StorageKit/StorageError/mayHaveBeenApplied`` says that it may have.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (GraphTransaction) async throws -> Value
    ) async throws -> Value {
        try HeldConnection.check(self)
        let base = try await commits.begin()
        let work = GraphWork(GraphDraft(base.state.state, limits))
        let value: Value
        let draft: GraphDraft
        do {
            value = try await HeldConnection.marking(self) {
                try await body(GraphTransaction(work))
            }
            draft = try work.finish()
        } catch {
            work.end()
            try await leave(base)
            throw error
        }
        try await commits.commit(draft.state, changes: draft.changes, on: base)
        return value
    }

    /// Ends a transaction that failed, for a reason that may lie in what it has read.
    private func leave(_ base: GraphCommits.Base) async throws(StorageError) {
        guard Task.isCancelled else { return try await commits.settle(base) }
        commits.abandon()
    }
}
