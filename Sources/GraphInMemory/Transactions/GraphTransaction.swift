public import StorageKit

/// A transaction of a ``GraphInMemory``: what the body of ``GraphInMemory/withTransaction(_:)`` is
/// given.
///
/// It is one moment of the graph with what it has written itself. After the body it throws
/// ``StorageKit/StorageError/Code/invalidState``.
public struct GraphTransaction: GraphQuerying {
    let work: GraphWork

    init(_ work: GraphWork) { self.work = work }

    /// How much one call may carry.
    public var limits: GraphLimits { work.limits }
}

extension GraphTransaction {
    /// Makes nodes.
    public func createNodes(_ nodes: [GraphNodeDraft]) async throws(StorageError) -> [NodeID] {
        try work.writing { draft throws(StorageError) in try draft.createNodes(nodes) }
    }

    /// Makes relationships.
    public func createRelationships(
        _ relationships: [GraphRelationshipDraft]
    ) async throws(StorageError) -> [RelationshipID] {
        try work.writing { draft throws(StorageError) in
            try draft.createRelationships(relationships)
        }
    }

    /// Changes a node.
    @discardableResult
    public func updateNode(
        _ id: NodeID, _ update: GraphNodeUpdate
    ) async throws(StorageError) -> Bool {
        try work.writing { draft throws(StorageError) in try draft.updateNode(id, update) }
    }

    /// Changes a relationship.
    @discardableResult
    public func updateRelationship(
        _ id: RelationshipID, _ update: GraphRelationshipUpdate
    ) async throws(StorageError) -> Bool {
        try work.writing { draft throws(StorageError) in try draft.updateRelationship(id, update) }
    }

    /// Deletes a node.
    @discardableResult
    public func deleteNode(_ id: NodeID, detaching: Bool) async throws(StorageError) -> Bool {
        try work.writing { draft throws(StorageError) in
            try draft.deleteNode(id, detaching: detaching)
        }
    }

    /// Deletes a relationship.
    @discardableResult
    public func deleteRelationship(_ id: RelationshipID) async throws(StorageError) -> Bool {
        try work.writing { draft throws(StorageError) in try draft.deleteRelationship(id) }
    }
}
