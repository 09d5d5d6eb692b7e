/// A connection in the hands of one task: statements run on it one after the other, in the
/// transaction that is open, if any.
///
/// It is what the bodies of ``RelationalStore/withConnection(_:_:)`` and
/// ``RelationalStore/withTransaction(isolation:access:_:)`` are given. It is good until the body
/// returns; later use throws ``StorageError/Code/invalidState``.
///
/// Child tasks of the body may use it as well; their statements take turns.
public protocol RelationalConnection: RelationalQuerying {
    /// Runs the body in a transaction: inside another one, in a savepoint of it.
    ///
    /// The transaction is committed when the body returns, and rolled back when it throws or its
    /// task is cancelled. An inner one that is rolled back leaves what the outer one did before it;
    /// what an inner one committed lasts only if the outer one commits.
    ///
    /// While the body runs only the connection it was given may be used: a statement on the outer
    /// one throws ``StorageError/Code/invalidState``, since it would silently become part of the
    /// inner transaction.
    ///
    /// - Parameters:
    ///   - isolation: At least this much; `nil` for the database's default. An inner transaction
    ///     has that of the outer one.
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageError``;
    ///   ``StorageError/Code/invalidState`` when an inner transaction asks for another isolation,
    ///   or for writing in one that reads.
    func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (Self) async throws -> Value
    ) async throws -> Value
}

extension RelationalConnection {
    /// Runs the body in a transaction that reads and writes, with the database's isolation; inside
    /// another one, in a savepoint of it.
    ///
    /// - Parameter body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (Self) async throws -> Value
    ) async throws -> Value {
        try await withTransaction(isolation: nil, access: .readWrite, body)
    }
}
