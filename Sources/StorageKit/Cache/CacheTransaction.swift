internal import Synchronization

/// What is to be invalidated after a transaction of yours, whatever comes of it.
///
/// A value that is read inside a transaction may never be committed, and one that is read outside
/// of it may be older than what the transaction has seen. So within one the cache is left alone:
///
/// ```swift
/// try await CacheTransaction.run { scope in
///     try await database.withTransaction { transaction in
///         let todos = todos.within(scope, primary: table.on(transaction))
///         guard var todo = try await todos.get(1) else { return }
///         todo.done = true
///         try await todos.replace(todo)
///     }
/// }
/// ```
///
/// What ``CachedRepository/within(_:primary:)`` gives reads the transaction and fills nothing; what
/// it writes is noted before it is sent, in the strict mode under a barrier, and invalidated when
/// the body of ``run(_:)`` has ended: after the commit, the rollback, or the error of which nobody
/// knows what it left behind. Several repositories may take part.
///
/// For one table ``CachedRepository/withTransaction(isolation:_:)`` is shorter.
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
    /// lost. The outcome is taken to be unknown when what the body throws is a ``StorageError``
    /// that ``StorageError/mayHaveBeenApplied``; let it through.
    ///
    /// One round trip to each cache that took part, two and one for each entity in the strict mode.
    ///
    /// - Returns: What the body returned, after the invalidation.
    /// - Throws: What the body threw.
    public static func run<Value: Sendable>(
        _ body: (CacheTransaction) async throws -> Value
    ) async throws -> Value {
        let transaction = CacheTransaction()
        do {
            let value = try await body(transaction)
            await transaction.end(isUnknown: false)
            return value
        } catch {
            await transaction.end(isUnknown: (error as? StorageError)?.mayHaveBeenApplied ?? false)
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
