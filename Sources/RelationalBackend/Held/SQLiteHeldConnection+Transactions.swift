public import StorageKit

extension SQLiteHeldConnection {
    /// Runs the body in a transaction: inside another one, in a savepoint of it.
    ///
    /// Every level of isolation is serializable: one writer at a time, and a reader has one
    /// snapshot, from its first statement on.
    ///
    /// - Parameters:
    ///   - isolation: Any level.
    ///   - access: Reading alone, or writing too, if the connection may.
    ///   - body: Statements. It runs on the connection's own thread.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageError``.
    public func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (SQLiteHeldConnection) async throws -> Value
    ) async throws -> Value {
        let inner = try await enter(access)
        do {
            let value = try await body(inner)
            try await commit(inner)
            return value
        } catch {
            throw await rollBack(inner, because: error)
        }
    }

    private func enter(
        _ access: TransactionAccess
    ) async throws(StorageError) -> SQLiteHeldConnection {
        if access == .readWrite, self.access == .readOnly { throw .readingOnly }
        let inner = SQLiteHeldConnection(hold: hold, level: level + 1, access: access)
        try await run("withTransaction") { [self] (session) throws(StorageError) in
            if level == 0 {
                try session.beginTransaction(access)
            } else {
                try session.beginSavepoint(inner.level)
            }
            hold.enter(inner.level)
            if access != self.access { try session.setQueryOnly(true) }
        }
        return inner
    }

    private func commit(_ inner: SQLiteHeldConnection) async throws(StorageError) {
        try await inner.run("withTransaction") { [self] (session) throws(StorageError) in
            hold.endWalks(from: inner.level)
            if level == 0 {
                try session.commitTransaction()
            } else {
                try session.releaseSavepoint(inner.level)
            }
            try leave(inner, session)
        }
    }

    /// Undoes the transaction, unless it is over, and gives the error to throw.
    private func rollBack(
        _ inner: SQLiteHeldConnection, because error: any Error
    ) async -> any Error {
        do throws(StorageError) {
            let wasOver = try await hold.lease.runShielded {
                [self] (session) throws(StorageError) in
                hold.endWalks(from: inner.level)
                defer { try? leave(inner, session) }
                if level == 0 { return session.rollbackTransaction() }
                try session.rollbackSavepoint(inner.level)
                return false
            }
            return wasOver ? error.doubtfulIfTransactionEnded : error
        } catch {
            return error
        }
    }

    /// Makes this connection the one to be used again.
    private func leave(
        _ inner: SQLiteHeldConnection, _ session: SQLiteSession
    ) throws(StorageError) {
        hold.enter(level)
        if inner.access != access { try session.setQueryOnly(false) }
    }
}

extension StorageError {
    /// The error for a writing transaction on a reading connection.
    fileprivate static var readingOnly: StorageError {
        StorageError(
            code: .invalidState,
            message: "a transaction that writes on a connection that was asked for reading; "
                + "ask for readWrite outside", operation: "withTransaction")
    }
}
