internal import Synchronization

/// What is to be invalidated after a transaction of yours, whatever comes of it.
///
/// A value that is read inside a transaction may never be committed, and one that is read outside
/// of it may be older than what the transaction has seen. So within one the cache is left alone:
///
/// ```swift
/// try await CacheTransaction.run(in: database) { scope, connection in
///     let todos = try todos.within(scope, primary: table.on(connection))
///     guard var todo = try await todos.get(1) else { return }
///     todo.done = true
///     try await todos.replace(todo)
/// }
/// ```
///
/// What ``CachedRepository/within(_:primary:)`` gives reads the transaction and fills nothing; what
/// it writes is noted before it is sent, in the strict mode under a barrier, and invalidated when
/// the body has ended: after the commit, the rollback, or the error of which nobody
/// knows what it left behind. Several repositories may take part.
///
/// For one table ``CachedRepository/withTransaction(isolation:_:)`` is shorter.
///
/// ## When the body throws
///
/// The question is not whether the transaction was committed: what was noted is invalidated in any
/// case. It is whether anything of it can still be carried out *afterwards*. If nobody knows, the
/// outcome is unknown: this process passes the cache by for ``CachePolicy/unknownWriteTime``, and
/// strict barriers stay for their whole time.
///
/// | thrown | the transaction |
/// |---|---|
/// | a ``StorageError`` that is not ``StorageError/mayHaveBeenApplied`` | is over, says the error |
/// | in ``run(in:isolation:access:_:)``, by the body | is over: the store has rolled it back |
/// | a ``StorageError`` that is ``StorageError/mayHaveBeenApplied`` | may be carried out yet |
/// | anything else: a `CancellationError`, a driver's own error | may be carried out yet |
public final class CacheTransaction: Sendable {
    /// Tells one cache that the transaction is over, and whether it may be carried out yet.
    typealias End = @Sendable (_ isUnknown: Bool) async -> Void

    private struct State {
        var isOver = false
        var ends: [End] = []
    }

    private let state = Mutex(State())

    private init() {}

    /// Runs the body, which runs a transaction, and then invalidates what was noted in it.
    ///
    /// The transaction has to be over when the body returns or throws: committed, rolled back, or
    /// lost. Let the error of a commit through: what it says of the outcome decides what becomes of
    /// the cache, and one that is no ``StorageError`` says nothing. On a ``RelationalStore``
    /// ``run(in:isolation:access:_:)`` knows more.
    ///
    /// One round trip to each cache that took part; in the strict mode two for each entity written,
    /// to set its barrier and to end it.
    ///
    /// - Returns: What the body returned, after the invalidation.
    /// - Throws: What the body threw.
    public static func run<Value: Sendable>(
        _ body: (CacheTransaction) async throws -> Value
    ) async throws -> Value {
        try await run(body, isUnknown: { true })
    }

    /// Runs the body in a transaction of the store, and then invalidates what was noted in it.
    ///
    /// An error of the body's own means here that the transaction was rolled back, whatever its
    /// type: that is the contract of
    /// ``RelationalStore/withTransaction(isolation:access:_:)``.
    ///
    /// The round trips are those of the transaction and those of ``run(_:)``.
    ///
    /// - Parameters:
    ///   - store: Where the transaction is.
    ///   - isolation: At least this much; `nil` for the database's default.
    ///   - access: Reading alone, or writing too.
    ///   - body: Statements, and repositories within the transaction. It runs where the connection
    ///     is, off every actor.
    /// - Returns: What the body returned, after the commit and the invalidation.
    /// - Throws: What the body threw, or ``StorageError``.
    public static func run<Store: RelationalStore, Value: Sendable>(
        in store: Store, isolation: TransactionIsolation? = nil,
        access: TransactionAccess = .readWrite,
        _ body: @Sendable @concurrent (CacheTransaction, Store.Connection) async throws -> Value
    ) async throws -> Value {
        let bodyFailed = Atomic(false)
        return try await run { transaction in
            try await store.withTransaction(isolation: isolation, access: access) { connection in
                bodyFailed.store(false, ordering: .relaxed)
                do {
                    return try await body(transaction, connection)
                } catch {
                    bodyFailed.store(true, ordering: .relaxed)
                    throw error
                }
            }
        } isUnknown: {
            !bodyFailed.load(ordering: .relaxed)
        }
    }

    /// - Parameter isUnknown: What an error means that does not say it itself.
    private static func run<Value: Sendable>(
        _ body: (CacheTransaction) async throws -> Value, isUnknown: () -> Bool
    ) async throws -> Value {
        let transaction = CacheTransaction()
        do {
            let value = try await body(transaction)
            await transaction.end(isUnknown: false)
            return value
        } catch {
            let said = (error as? StorageError)?.mayHaveBeenApplied
            await transaction.end(isUnknown: said ?? isUnknown())
            throw error
        }
    }

    /// Has the call made at the end.
    ///
    /// - Throws: ``StorageError/Code/invalidState`` when the transaction is over.
    func atEnd(_ end: @escaping End) throws(StorageError) {
        let isOver = state.withLock { state in
            if !state.isOver { state.ends.append(end) }
            return state.isOver
        }
        if isOver { throw .transactionIsOver }
    }

    private func end(isUnknown: Bool) async {
        let ends = state.withLock { state in
            state.isOver = true
            defer { state.ends = [] }
            return state.ends
        }
        for end in ends { await end(isUnknown) }
    }
}

extension StorageError {
    static var transactionIsOver: StorageError {
        StorageError(
            code: .invalidState,
            message: "the transaction is over: use the repository itself, or begin another one",
            operation: "write")
    }
}
