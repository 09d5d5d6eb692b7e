public import StorageKit
internal import Synchronization

extension InMemoryDocumentStore: TransactionalDocumentStore {
    /// Runs the body in a transaction: everything it does happens, or nothing.
    ///
    /// The body works on a copy, which costs nothing until somebody writes, and then the copy of a
    /// collection's table. At its end the commit looks whether anybody else has changed a document
    /// that it has written, by its identifier, or taken a unique value that it has given, and makes
    /// its changes in one step: the first to commit wins. A server refuses the second to write.
    ///
    /// - Parameter body: Calls of the transaction. It runs on the global executor.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageKit/StorageError``: `conflict` when another
    ///   writer was faster. Nothing was changed then.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (InMemoryDocumentTransaction) async throws -> Value
    ) async throws -> Value {
        let snapshot = try withState { state in
            for name in state.collections.keys { expire(name, in: &state) }
            return state.collections
        }
        let state = TransactionState()
        let copy = InMemoryDocumentStore(copying: snapshot, of: self, for: state)
        defer {
            state.end()
            copy.end()
        }
        let value = try await HeldConnection.marking(self) {
            try await body(InMemoryDocumentTransaction(on: copy, state))
        }
        try state.check()
        // A call that nobody has waited for is in the commit, or refused.
        state.end()
        try commit(copy.state.withLock { $0.history.changes(after: 0) ?? [] }, on: snapshot)
        return value
    }

    /// Makes the changes of a transaction, unless somebody else has changed the same documents.
    private func commit(
        _ changes: ArraySlice<InMemoryHistory.Entry>, on snapshot: [String: InMemoryDocuments]
    ) throws(StorageError) {
        try withState { state throws(StorageError) in
            var collections = state.collections
            var touched: [String: Set<DocumentWorth>] = [:]
            for entry in changes {
                guard case .document(let change) = entry.change else { continue }
                let (name, id) = (entry.collection, DocumentWorth(change.id))
                if touched[name, default: []].insert(id).inserted {
                    try snapshot[name].check(isAs: state.collections[name], at: id)
                }
                try collections[name, default: InMemoryDocuments()].make(change)
            }
            for name in touched.keys { collections.tidy(name) }
            state.collections = collections
            for entry in changes { state.history.append(entry.change, of: entry.collection) }
        }
    }
}

extension InMemoryDocuments? {
    /// Throws when a document is not what it is in another state of the collection.
    fileprivate func check(
        isAs other: InMemoryDocuments?, at id: DocumentWorth
    ) throws(StorageError) {
        switch (self?.document(with: id), other?.document(with: id)) {
        case (nil, nil): return
        case (let own?, let others?) where own.isIdentical(to: others): return
        default: throw .documentConflict
        }
    }
}

extension InMemoryDocuments {
    fileprivate func document(with id: DocumentWorth) -> Document? {
        slot(of: id).flatMap { document(in: $0) }
    }

    /// Makes a change that was made of a copy.
    fileprivate mutating func make(_ change: InMemoryDocumentChange) throws(StorageError) {
        let slot = slot(of: DocumentWorth(change.id))
        do throws(StorageError) {
            switch (change, slot) {
            case (.inserted(let document), nil): try insert(document)
            case (.replaced(_, let document), let slot?):
                try replace(slot: slot, with: document, isWhole: true)
            case (.updated(_, let document), let slot?):
                try replace(slot: slot, with: document, isWhole: false)
            case (.removed, let slot?): remove(slot: slot)
            default: throw .documentConflict
            }
        } catch {
            // Where it was made first nothing spoke against it.
            throw .documentConflict
        }
    }
}

extension [String: InMemoryDocuments] {
    /// Ends a step of changes that have been noted elsewhere.
    fileprivate mutating func tidy(_ name: String) {
        guard var documents = self[name] else { return }
        _ = documents.takeChanges()
        documents.closeGaps()
        self[name] = documents.isBare ? nil : documents
    }
}

extension StorageError {
    fileprivate static var documentConflict: StorageError {
        StorageError(
            code: .conflict,
            message: "another writer has changed a document of this transaction; run it again")
    }
}
