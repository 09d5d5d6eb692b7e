extension TransactionState {
    /// Runs a call that changes documents; its error undoes the transaction.
    package func changing<Value>(
        _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try check()
        do throws(StorageError) {
            return try await body()
        } catch {
            // Whatever it has changed goes with the rest.
            let error = error.changed { $0.mayHaveBeenApplied = false }
            fail(error)
            throw error
        }
    }

    /// Runs a call of writes; the first refused one undoes the transaction.
    package func writing(
        _ body: () async throws(StorageError) -> DocumentWriteResult
    ) async throws(StorageError) -> DocumentWriteResult {
        var result = try await changing(body)
        guard let place = result.errors.keys.min() else { return result }
        result.errors = result.errors.mapValues { error in
            error.changed { $0.mayHaveBeenApplied = false }
        }
        if let first = result.errors[place] { fail(first) }
        return result
    }
}
