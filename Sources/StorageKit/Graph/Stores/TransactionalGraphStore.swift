/// A graph store with snapshots to read from, and transactions that write in one step.
///
/// ```swift
/// try await store.withTransaction { transaction in
///     let account = try await transaction.createNode(["Account"], ["number": 12])
///     try await transaction.createRelationship(from: owner, "HAS", to: account)
/// }
/// ```
///
/// ## What the caller guarantees
///
/// * Inside a body only the transaction is used. A write of the store itself would wait for the
///   transaction that it is in: it throws ``StorageError/Code/invalidState``, also from tasks that
///   were started inside the body, unless they are detached.
/// * A body lets the errors of its writes through. A refused write undoes the transaction: every
///   later call and the commit throw ``StorageError/Code/invalidState``.
///
/// ## What must appear true
///
/// * **Atomic.** What a transaction did happens entirely when its body returns, or not at all.
/// * **Isolated.** A snapshot is one moment, however long it is read. A transaction reads the
///   moment it began at, with what it has written itself; nobody else sees that before the commit.
/// * **Cancelled means ended.** Cancelling the task rolls the transaction back and throws
///   ``StorageError/Code/cancelled``. A commit that has begun is waited for.
public protocol TransactionalGraphStore: GraphStore {
    /// What bodies that read are given.
    associatedtype Snapshot: GraphReading
    /// What bodies that write are given.
    associatedtype Transaction: GraphQuerying

    /// Runs the body on one moment of the graph; writers are not kept waiting.
    ///
    /// - Throws: What the body threw, or ``StorageError``.
    func withSnapshot<Value: Sendable>(
        _ body: @Sendable @concurrent (Snapshot) async throws -> Value
    ) async throws -> Value

    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// The transaction is committed when the body returns, and rolled back when it throws or its
    /// task is cancelled. The commit is a round trip.
    ///
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageError``; nothing was changed then, unless
    ///   ``StorageError/mayHaveBeenApplied`` says that it may have.
    @discardableResult
    func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (Transaction) async throws -> Value
    ) async throws -> Value
}
