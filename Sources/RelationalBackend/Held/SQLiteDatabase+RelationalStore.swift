public import StorageKit

extension SQLiteDatabase: RelationalStore, UpsertQuerying, ReturningQuerying {
    /// SQLite's.
    public var dialect: any SQLDialect { SQLiteDialect() }

    /// No NaN, no -0 in a column of real numbers, and the dates that SQLite's own functions know.
    public var limits: RelationalLimits {
        RelationalLimits(keepsNaN: false, keepsNegativeZero: false, dates: SQLiteDate.range)
    }

    /// Runs the body with a connection to itself and no transaction: each statement is one.
    ///
    /// One hop to the connection's thread and one back. With ``TransactionAccess/readWrite`` it is
    /// the one that writes, so nobody else writes meanwhile; with ``TransactionAccess/readOnly``
    /// one of the readers.
    ///
    /// - Parameters:
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs on the connection's own thread.
    /// - Returns: What the body returned.
    /// - Throws: What the body threw, or ``StorageError``; ``StorageError/Code/invalidState`` when
    ///   the body left a transaction open, which is rolled back.
    public func withConnection<Value: Sendable>(
        _ access: TransactionAccess,
        _ body: @Sendable @concurrent (SQLiteHeldConnection) async throws -> Value
    ) async throws -> Value {
        try await naming("withConnection") {
            try await holding(access) { connection in
                let value = try await body(connection)
                try await connection.run("withConnection") { (session) throws(StorageError) in
                    guard session.handle.isInAutocommit else { throw .transactionLeftOpen }
                }
                return value
            }
        }
    }

    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// One hop to the connection's thread and one back. Every level of isolation is serializable.
    /// One that writes holds the write lock from its start, so writers go one after the other; one
    /// that reads has one snapshot from its first statement on, and waits for no writer.
    ///
    /// - Parameters:
    ///   - isolation: Any level.
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs on the connection's own thread.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageError``; nothing was changed then, unless
    ///   ``StorageError/mayHaveBeenApplied`` says that it may have (the file system failed in the
    ///   commit). ``StorageError/Code/invalidState`` when the transaction was over before the body
    ///   was: by an error that rolled it back, or by a COMMIT or ROLLBACK of the body's own, which
    ///   has then taken effect.
    public func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (SQLiteHeldConnection) async throws -> Value
    ) async throws -> Value {
        try await naming("withTransaction") {
            try await holding(access) { connection in
                try await connection.withTransaction(isolation: isolation, access: access, body)
            }
        }
    }

    /// Runs the body with a worker to itself, marked as one that holds a connection.
    private func holding<Value: Sendable>(
        _ access: TransactionAccess,
        _ body: @Sendable @concurrent (SQLiteHeldConnection) async throws -> Value
    ) async throws -> Value {
        let workers = access == .readWrite ? writer : try await readingWorkers()
        return try await HeldConnection.marking(self) {
            try await workers.withLease { lease in
                let hold = SQLiteHold(self, lease, access)
                try await lease.run { (session) throws(StorageError) in try session.begin(access) }
                let outcome = await Result { () async throws in
                    try await body(SQLiteHeldConnection(hold: hold, level: 0, access: access))
                }
                try await hold.leave()
                return try outcome.get()
            }
        }
    }
}

extension SQLiteHold {
    /// Leaves the connection as it was found and gives it back.
    func leave() async throws(StorageError) {
        try await lease.runShielded { [self] (session) throws(StorageError) in
            endWalks(from: 0)
            session.rollbackTransaction()
            session.end(access)
            enter(-1)
            lease.release()
        }
    }
}

extension Result where Failure == any Error {
    /// The outcome of an asynchronous body.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
