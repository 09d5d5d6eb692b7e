public import StorageKit

extension PostgresDatabase: RelationalStore, UpsertQuerying, ReturningQuerying {
    /// PostgreSQL's.
    public var dialect: any SQLDialect { PostgresDialect() }

    /// Text without NUL, dates from 4714 BC to 294276 AD to the microsecond, everything else as it
    /// is.
    public var limits: RelationalLimits {
        RelationalLimits(
            keepsNULInText: false, dates: PostgresDate.dates, dateResolution: 0.000_001)
    }

    /// Runs the body with a connection to itself and no transaction: each statement is one.
    ///
    /// What the body changes of the session (settings, temporary tables, locks, `LISTEN`) is undone
    /// when it returns, see ``PostgresConfiguration/Reset``. What only reads goes where
    /// ``PostgresConfiguration/readRoute`` says.
    ///
    /// - Parameters:
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs on the global executor.
    /// - Returns: What the body returned.
    /// - Throws: What the body threw, or ``StorageKit/StorageError``; `invalidState` when the body
    ///   left a transaction open, which is rolled back; `unsupported` for reading alone where
    ///   sessions are never reset.
    public func withConnection<Value: Sendable>(
        _ access: TransactionAccess,
        _ body: @Sendable @concurrent (PostgresHeldConnection) async throws -> Value
    ) async throws -> Value {
        try await naming("withConnection") {
            if access == .readOnly, let reader {
                return try await HeldConnection.marking(self) {
                    try await reader.withConnection(access, body)
                }
            }
            guard access == .readWrite || configuration.reset == .whenNeeded else {
                throw StorageError.readOnlySession
            }
            let beginning =
                access == .readOnly
                ? ["SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"] : []
            return try await holding(access, beginning, resets: true) { connection in
                let value = try await body(connection)
                if connection.hold.link.status.isInTransaction {
                    throw StorageError.transactionLeftOpen
                }
                return value
            }
        }
    }

    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// One round trip for each statement, and one for the commit; none for the beginning, which
    /// goes with the first statement. What only reads goes where
    /// ``PostgresConfiguration/readRoute`` says, and no other call inside it.
    ///
    /// - Parameters:
    ///   - isolation: PostgreSQL's level of that name; `nil` for the server's default, which is
    ///     read committed unless configured otherwise.
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs on the global executor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageKit/StorageError``; nothing was changed then,
    ///   unless ``StorageKit/StorageError/mayHaveBeenApplied`` says that it may have: the
    ///   connection was lost while the commit was under way. `conflict` for a transaction that has
    ///   to be run again; `invalidState` when a statement had failed and the body went on.
    public func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (PostgresHeldConnection) async throws -> Value
    ) async throws -> Value {
        try await naming("withTransaction") {
            if access == .readOnly, let reader {
                return try await HeldConnection.marking(self) {
                    try await reader.withTransaction(isolation: isolation, access: access, body)
                }
            }
            return try await holding(.readWrite, [], resets: false) { connection in
                try await connection.withTransaction(isolation: isolation, access: access, body)
            }
        }
    }

    /// Runs the body with a connection to itself, marked as one that holds it.
    private func holding<Value: Sendable>(
        _ access: TransactionAccess, _ beginning: [String], resets: Bool,
        _ body: (PostgresHeldConnection) async throws -> Value
    ) async throws -> Value {
        let hold = PostgresHold(self, try await pool.lease())
        do {
            let serial = try hold.enter(from: nil, [])
            // By itself: what it sets holds for the transactions after its own.
            if !beginning.isEmpty { hold.link.submit(.commands(beginning, isEssential: true)) }
            let connection = PostgresHeldConnection(
                hold: hold, serial: serial, level: 0, access: access, isolation: nil)
            let value = try await HeldConnection.marking(self) { try await body(connection) }
            await hold.leave(resets: resets)
            return value
        } catch {
            await hold.leave(resets: resets)
            throw error
        }
    }

    /// The same for a transaction of our own.
    func withinTransaction<Value: Sendable>(
        _ body: (PostgresHeldConnection) async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let hold = PostgresHold(self, try await pool.lease())
        do throws(StorageError) {
            let connection = PostgresHeldConnection(
                hold: hold, serial: try hold.enter(from: nil, []), level: 0, access: .readWrite,
                isolation: nil)
            let value = try await connection.within(body)
            await hold.leave(resets: false)
            return value
        } catch {
            await hold.leave(resets: false)
            throw error
        }
    }
}

extension StorageError {
    fileprivate static var readOnlySession: StorageError {
        StorageError(
            code: .unsupported,
            message: "a connection for reading alone is a setting of its session, which would stay "
                + "with it for others where sessions are not reset; use a transaction with "
                + "access: .readOnly")
    }

    fileprivate static var transactionLeftOpen: StorageError {
        StorageError(
            code: .invalidState,
            message: "the body left a transaction open, which was rolled back; end it, or use "
                + "withTransaction")
    }
}
