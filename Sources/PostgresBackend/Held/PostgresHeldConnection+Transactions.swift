public import StorageKit

extension PostgresHeldConnection {
    /// Runs the body in a transaction: inside another one, in a savepoint of it.
    ///
    /// Its beginning goes with the first statement, so it costs one round trip besides its
    /// statements: the commit.
    ///
    /// - Parameters:
    ///   - isolation: At least this much; `nil` for the server's default. An inner transaction has
    ///     that of the outer one.
    ///   - access: Reading alone, or writing too, if the connection may.
    ///   - body: Statements. It runs on the global executor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageKit/StorageError``.
    public func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (PostgresHeldConnection) async throws -> Value
    ) async throws -> Value {
        let inner = try await named("withTransaction") { () throws(StorageError) in
            try enter(isolation, access)
        }
        do {
            let value = try await body(inner)
            try await named("withTransaction") { () throws(StorageError) in
                try await commit(inner)
            }
            return value
        } catch {
            throw await rollBack(inner, because: error)
        }
    }

    /// The same for a body of our own.
    func within<Value: Sendable>(
        _ body: (PostgresHeldConnection) async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let inner = try enter(nil, access)
        do throws(StorageError) {
            let value = try await body(inner)
            try await commit(inner)
            return value
        } catch {
            throw await rollBack(inner, because: error) as? StorageError ?? error
        }
    }

    private func enter(
        _ isolation: TransactionIsolation?, _ access: TransactionAccess
    ) throws(StorageError) -> PostgresHeldConnection {
        if access == .readWrite, self.access == .readOnly { throw .readingOnly }
        if level > 0, let isolation, !isolation.isGranted(by: self.isolation) {
            throw .otherIsolation
        }
        let serial = try hold.enter(
            from: serial,
            level == 0
                ? .beginning(isolation, access)
                : .savepoint(level, narrows: access != self.access))
        return PostgresHeldConnection(
            hold: hold, serial: serial, level: level + 1, access: access,
            isolation: level == 0 ? isolation : self.isolation)
    }

    private func commit(_ inner: PostgresHeldConnection) async throws(StorageError) {
        if Task.isCancelled { throw .cancelled() }
        guard hold.isInnermost(inner.serial) else { throw .innerStillOpen }
        let isKnown = hold.exit(inner.serial)
        guard isKnown else { return }
        if hold.link.status == .idle { throw .endedByHand }
        let command = level == 0 ? "COMMIT" : "RELEASE SAVEPOINT storagekit_\(level)"
        let (exchange, reply) = await hold.runShielded([command])
        do throws(StorageError) {
            let result = try reply.result(
                of: exchange, at: 0, mayBeApplied: level == 0 && access == .readWrite)
            // The server says so when a statement has failed before.
            if result.tag?.text == "ROLLBACK" { throw StorageError.failedBefore }
        } catch {
            if level > 0 { await undo() }
            throw error
        }
    }

    /// Undoes the transaction, unless it is over, and gives the error to throw.
    private func rollBack(
        _ inner: PostgresHeldConnection, because error: any Error
    ) async -> any Error {
        guard hold.isPresent(inner.serial) else { return error }
        let isKnown = hold.exit(inner.serial)
        guard isKnown else { return error }
        // A statement of the body's own has ended it, and nobody knows how.
        if hold.link.status == .idle { return error.asDoubtful }
        await undo()
        return error
    }

    private func undo() async {
        if level == 0 {
            _ = await hold.runShielded(["ROLLBACK"])
        } else {
            let name = "storagekit_\(level)"
            _ = await hold.runShielded([
                "ROLLBACK TO SAVEPOINT \(name)", "RELEASE SAVEPOINT \(name)",
            ])
        }
    }
}

extension [String] {
    fileprivate static func beginning(
        _ isolation: TransactionIsolation?, _ access: TransactionAccess
    ) -> [String] {
        var text = "BEGIN"
        switch isolation {
        case .readCommitted: text += " ISOLATION LEVEL READ COMMITTED"
        case .repeatableRead: text += " ISOLATION LEVEL REPEATABLE READ"
        case .serializable: text += " ISOLATION LEVEL SERIALIZABLE"
        case nil: break
        }
        // A standby refuses to be told that a transaction may write, even one that does not.
        return [access == .readOnly ? text + " READ ONLY" : text]
    }

    /// - Parameter narrows: Whether it reads alone, in one that writes; the server makes that good
    ///   until its end.
    fileprivate static func savepoint(_ level: Int, narrows: Bool) -> [String] {
        let savepoint = "SAVEPOINT storagekit_\(level)"
        return narrows ? [savepoint, "SET TRANSACTION READ ONLY"] : [savepoint]
    }
}

extension TransactionIsolation {
    /// Whether a transaction of the other level has at least what this one promises.
    fileprivate func isGranted(by outer: TransactionIsolation?) -> Bool {
        guard let outer else { return false }
        let levels = Self.allCases
        guard let own = levels.firstIndex(of: self), let given = levels.firstIndex(of: outer)
        else { return false }
        return own <= given
    }
}

extension Error {
    /// The same error, with a word that the body may have committed something.
    fileprivate var asDoubtful: any Error {
        (self as? StorageError)?.changed { $0.mayHaveBeenApplied = true } ?? self
    }
}

extension StorageError {
    fileprivate static var readingOnly: StorageError {
        StorageError(
            code: .invalidState,
            message: "a transaction that writes on a connection that was asked for reading; "
                + "ask for readWrite outside", operation: "withTransaction")
    }

    fileprivate static var otherIsolation: StorageError {
        StorageError(
            code: .invalidState,
            message: "an inner transaction asks for an isolation that the outer one was not given; "
                + "ask for it outside", operation: "withTransaction")
    }

    fileprivate static var innerStillOpen: StorageError {
        StorageError(
            code: .invalidState,
            message: "the body returned while a transaction inside it was still open")
    }

    fileprivate static var endedByHand: StorageError {
        StorageError(
            code: .invalidState,
            message: "the transaction was over before its body was: by a statement of the body's "
                + "own, which has taken effect", operation: "withTransaction",
            mayHaveBeenApplied: true)
    }

    fileprivate static var failedBefore: StorageError {
        StorageError(
            code: .invalidState,
            message: "a statement of the body's failed, which undoes the whole transaction of "
                + "PostgreSQL's; put what may fail into a transaction of its own inside it",
            operation: "withTransaction")
    }
}
