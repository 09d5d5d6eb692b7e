public import StorageKit

extension GraphInMemory {
    /// Runs one call that writes, as a transaction of its own.
    ///
    /// Without a journal and without another writer it does not suspend.
    func writing<Value: Sendable>(
        _ body: (inout GraphDraft) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try HeldConnection.check(self)
        let base = try await commits.begin()
        var draft = GraphDraft(base.state.state, limits)
        let value: Value
        do throws(StorageError) {
            value = try body(&draft)
        } catch {
            try await commits.settle(base)
            throw error
        }
        try await commits.commit(draft.state, changes: draft.changes, on: base)
        return value
    }

    /// Makes nodes.
    public func createNodes(_ nodes: [GraphNodeDraft]) async throws(StorageError) -> [NodeID] {
        try await writing { draft throws(StorageError) in try draft.createNodes(nodes) }
    }

    /// Makes relationships.
    public func createRelationships(
        _ relationships: [GraphRelationshipDraft]
    ) async throws(StorageError) -> [RelationshipID] {
        try await writing { draft throws(StorageError) in
            try draft.createRelationships(relationships)
        }
    }

    /// Changes a node.
    @discardableResult
    public func updateNode(
        _ id: NodeID, _ update: GraphNodeUpdate
    ) async throws(StorageError) -> Bool {
        try await writing { draft throws(StorageError) in try draft.updateNode(id, update) }
    }

    /// Changes a relationship.
    @discardableResult
    public func updateRelationship(
        _ id: RelationshipID, _ update: GraphRelationshipUpdate
    ) async throws(StorageError) -> Bool {
        try await writing { draft throws(StorageError) in try draft.updateRelationship(id, update) }
    }

    /// Deletes a node.
    @discardableResult
    public func deleteNode(_ id: NodeID, detaching: Bool) async throws(StorageError) -> Bool {
        try await writing { draft throws(StorageError) in
            try draft.deleteNode(id, detaching: detaching)
        }
    }

    /// Deletes a relationship.
    @discardableResult
    public func deleteRelationship(_ id: RelationshipID) async throws(StorageError) -> Bool {
        try await writing { draft throws(StorageError) in try draft.deleteRelationship(id) }
    }
}
