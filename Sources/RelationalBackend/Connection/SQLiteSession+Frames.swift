internal import StorageKit

// The parts of a transaction, for bodies that are awaited and so cannot stand inside a closure's
// frame.
extension SQLiteSession {
    /// Begins what an access needs: nothing, or the refusal of writes.
    func begin(_ access: TransactionAccess) throws(StorageError) {
        if access == .readOnly, role == .writer { try setQueryOnly(true) }
    }

    /// Ends what `begin` with the same access has begun.
    func end(_ access: TransactionAccess) {
        if access == .readOnly, role == .writer { try? setQueryOnly(false) }
    }

    /// Begins a transaction: one that writes takes the write lock at once, so that it never has to
    /// be repeated because another writer came in between.
    func beginTransaction(_ access: TransactionAccess) throws(StorageError) {
        try connection.execute(access == .readWrite ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED")
        handle.needsTransaction = true
    }

    /// Commits the transaction; one that fails to is still to be rolled back.
    func commitTransaction() throws(StorageError) {
        try commit()
        handle.needsTransaction = false
    }

    /// Rolls back the transaction, if an error has not done so already.
    ///
    /// - Returns: Whether it was over before.
    @discardableResult
    func rollbackTransaction() -> Bool {
        defer { handle.needsTransaction = false }
        let wasOver = handle.isInAutocommit
        rollback()
        return wasOver
    }

    /// Begins a transaction inside the one that is open.
    func beginSavepoint(_ level: Int) throws(StorageError) {
        try connection.execute("SAVEPOINT \(identifier: savepoint(level))")
    }

    /// Makes what was done since a savepoint part of what is around it.
    func releaseSavepoint(_ level: Int) throws(StorageError) {
        try connection.execute("RELEASE \(identifier: savepoint(level))")
    }

    /// Undoes what was done since a savepoint and forgets it; nothing when the whole transaction is
    /// over.
    func rollbackSavepoint(_ level: Int) throws(StorageError) {
        guard !handle.isInAutocommit else { return }
        let name = savepoint(level).quotedName
        try handle.interrupter.shielded { () throws(StorageError) in
            try handle.execute(script: "ROLLBACK TO \(name); RELEASE \(name)")
        }
    }

    private func savepoint(_ level: Int) -> String { "storagekit_\(level)" }
}

extension String {
    /// As a quoted name; only for names of this file, which contain no quote.
    fileprivate var quotedName: String { "\"\(self)\"" }
}
