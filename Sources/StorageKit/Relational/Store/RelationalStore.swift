/// A relational database: SQL statements, each by itself or several in a transaction.
///
/// ```swift
/// try await store.withTransaction { transaction in
///     try await transaction.execute(
///         "UPDATE account SET balance = balance - \(amount) WHERE id = \(payer)")
///     try await transaction.execute(
///         "UPDATE account SET balance = balance + \(amount) WHERE id = \(payee)")
/// }
/// ```
///
/// What every relational database does natively is here; what not all do, or not in the same way,
/// is in the refinements.
///
/// ## What the caller guarantees
///
/// * Inside a body only the connection it was given is used. Using the store there would wait for a
///   connection that the body itself may hold, or miss what the body has written: it throws
///   ``StorageError/Code/invalidState``, also from tasks that were started inside the body, unless
///   they are detached.
/// * A body is short: the connection, and for a writer its locks, are held until it returns.
///
/// ## What must appear true
///
/// * **Atomic.** What a transaction did happens entirely when its body returns, or not at all.
/// * **Isolated.** At least as ``TransactionIsolation`` says of the level asked for.
/// * **Durable.** A call that returned is committed as the store's configuration says.
/// * **Bounded.** There are so many connections and no more. A call waits for one, in the order of
///   arrival, and no longer than the store's configuration allows; then it throws
///   ``StorageError/Code/resourceExhausted``.
/// * **Cancelled means ended.** Cancelling a task ends the statement that runs for it, rolls its
///   transaction back and throws ``StorageError/Code/cancelled``; nobody else's statement is
///   disturbed.
public protocol RelationalStore: RelationalQuerying {
    /// What the bodies are given.
    associatedtype Connection: RelationalConnection where Connection.Changes == Changes

    /// Which values the database keeps.
    var limits: RelationalLimits { get }

    /// Runs the body with a connection to itself and no transaction: each statement is one.
    ///
    /// For what is bound to a connection: settings, temporary tables, locks of the session. A
    /// transaction that the body leaves open is rolled back, and the call throws.
    ///
    /// - Parameters:
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned.
    /// - Throws: What the body threw, or ``StorageError``.
    func withConnection<Value: Sendable>(
        _ access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value

    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// The transaction is committed when the body returns, and rolled back when it throws or its
    /// task is cancelled. ``RelationalConnection/withTransaction(isolation:access:_:)`` nests.
    ///
    /// - Parameters:
    ///   - isolation: At least this much; `nil` for the database's default.
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageError``; nothing was changed then, unless
    ///   ``StorageError/mayHaveBeenApplied`` says that it may have.
    func withTransaction<Value: Sendable>(
        isolation: TransactionIsolation?, access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value

    /// Finishes the calls that were accepted and closes every connection; later calls throw
    /// ``StorageError/Code/invalidState``.
    func close() async
}

extension RelationalStore {
    /// Every value.
    public var limits: RelationalLimits { RelationalLimits() }

    /// Runs the body with a connection to itself that reads and writes, and no transaction.
    ///
    /// - Parameter body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned.
    @discardableResult
    public func withConnection<Value: Sendable>(
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        try await withConnection(.readWrite, body)
    }

    /// Runs the body in a transaction that reads and writes, with the database's isolation.
    ///
    /// - Parameter body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        try await withTransaction(isolation: nil, access: .readWrite, body)
    }

    /// Runs the body in a transaction with the database's isolation.
    ///
    /// - Parameters:
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        access: TransactionAccess,
        _ body: @Sendable @concurrent (Connection) async throws -> Value
    ) async throws -> Value {
        try await withTransaction(isolation: nil, access: access, body)
    }
}
