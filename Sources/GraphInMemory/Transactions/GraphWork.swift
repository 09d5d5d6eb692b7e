internal import StorageKit
internal import Synchronization

/// What a transaction has made so far, which its calls share.
final class GraphWork: Sendable {
    let limits: GraphLimits
    private let state = TransactionState()
    private let draft: Mutex<GraphDraft>

    init(_ draft: GraphDraft) {
        limits = draft.limits
        self.draft = Mutex(draft)
    }

    /// The graph as the transaction sees it.
    func reading() throws(StorageError) -> GraphState {
        guard !Task.isCancelled else { throw .cancelled() }
        return try draft.withLock { draft throws(StorageError) in
            try state.check()
            return draft.state
        }
    }

    /// Runs a call that writes; its error undoes the transaction.
    func writing<Value: Sendable>(
        _ body: (inout GraphDraft) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try draft.withLock { draft throws(StorageError) in
            try state.check()
            do throws(StorageError) {
                guard !Task.isCancelled else { throw .cancelled() }
                return try body(&draft)
            } catch {
                state.fail(error)
                throw error
            }
        }
    }

    /// Ends the transaction for it to be committed.
    ///
    /// One step, so that a call that nobody has waited for is in it as a whole, or refused.
    ///
    /// - Returns: What was made.
    /// - Throws: Why it cannot be committed.
    func finish() throws(StorageError) -> GraphDraft {
        try draft.withLock { draft throws(StorageError) in
            try state.check()
            guard !Task.isCancelled else { throw .cancelled() }
            state.end()
            defer { draft = GraphDraft(GraphState(), limits) }
            return draft
        }
    }

    /// Ends the transaction and drops what was made.
    func end() {
        state.end()
        draft.withLock { $0 = GraphDraft(GraphState(), limits) }
    }
}
