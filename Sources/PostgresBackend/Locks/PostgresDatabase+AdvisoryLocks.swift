public import StorageKit

extension PostgresDatabase: AdvisoryLockStore {
    /// Runs the body while holding a lock of the server's, known by ``AdvisoryLockKey/number``.
    ///
    /// The lock is one of the session's (`pg_advisory_lock`). Who waits, waits at the server, with
    /// no polling; who is cancelled is taken out of the line there. One round trip to get it, one
    /// to give it back.
    ///
    /// It needs a connection for as long as it is held or waited for. Those are others than the
    /// pool's, so that the body can use the database, and there are at most
    /// ``PostgresConfiguration/maximumConnections`` of them: who finds none waits for
    /// ``PostgresConfiguration/connectionTimeout`` before his patience begins.
    /// ``PostgresConfiguration/operationTimeout`` begins after it. The locks are those of the
    /// server that the address leads to: those of ``reading`` may be a standby's, which are others.
    ///
    /// **A connection that is lost has lost its lock**, and somebody else may have it before the
    /// body is over. The body is not told; when it returns, the call throws `unavailable` with
    /// ``StorageKit/StorageError/mayHaveBeenApplied``.
    ///
    /// - Parameters:
    ///   - key: The lock.
    ///   - patience: How long to wait for it, to the millisecond; `.zero` tries once.
    ///   - body: What nobody else does meanwhile.
    /// - Returns: What the body returned.
    /// - Throws: `busy` when somebody else held the lock all the while, `cancelled` when the task
    ///   was cancelled while it waited, `unavailable` when the lock was lost under the body,
    ///   `unsupported` where nothing is reset (``PostgresConfiguration/Reset/never``), as sessions
    ///   are a pooler's there, and what the body threw.
    public func withAdvisoryLock<Value: Sendable>(
        _ key: AdvisoryLockKey, waiting patience: Duration,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let lock = try await acquire(key, patience)
        do {
            let value = try await body()
            guard await lock.release() else { throw lost(key) }
            return value
        } catch {
            _ = await lock.release()
            throw error
        }
    }

    private func acquire(
        _ key: AdvisoryLockKey, _ patience: Duration
    ) async throws(StorageError) -> PostgresAdvisoryLock {
        do throws(StorageError) {
            try checkSessions()
            let link = try await locks.lease()
            return try await PostgresAdvisoryLock.acquire(key, patience, on: link, of: locks)
        } catch {
            throw error.adding(operation: "withAdvisoryLock", store: address.description)
        }
    }

    private func lost(_ key: AdvisoryLockKey) -> StorageError {
        StorageError(
            code: .unavailable,
            message: "the connection that held the lock \"\(key)\" was lost before the body was "
                + "over; somebody else may have had the lock meanwhile",
            operation: "withAdvisoryLock", store: address.description, isRetryable: false,
            mayHaveBeenApplied: true)
    }
}
