extension TransactionRetry {
    /// Runs a transaction, and runs it again as long as that is worth it and allowed.
    ///
    /// - Parameter transaction: One transaction, from its beginning to its commit.
    /// - Throws: What the last attempt threw; ``StorageError/Code/cancelled`` when the task is
    ///   cancelled between two.
    func running<Value>(
        _ transaction: () async throws -> Value
    ) async throws -> Value {
        var attempts = 1
        while true {
            do {
                return try await transaction()
            } catch  where Self.isWorthwhile(after: error) {
                guard attempts < self.attempts else {
                    throw (error as? StorageError)?.after(attempts: attempts) ?? error
                }
                try await pause(after: attempts)
                attempts += 1
            }
        }
    }
}

extension StorageError {
    /// The same error, and how often it was tried.
    fileprivate func after(attempts: Int) -> StorageError {
        guard attempts > 1 else { return self }
        return changed { $0.message += "; \(attempts) attempts have failed" }
    }
}
