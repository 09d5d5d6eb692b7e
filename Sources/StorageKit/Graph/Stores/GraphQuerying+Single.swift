extension GraphQuerying {
    /// Makes a node.
    ///
    /// One round trip.
    ///
    /// - Throws: What ``createNodes(_:)`` throws.
    @discardableResult
    public func createNode(
        _ labels: Set<GraphLabel> = [], _ properties: [PropertyKey: GraphValue] = [:]
    ) async throws(StorageError) -> NodeID {
        try await createNodes([GraphNodeDraft(labels, properties)])[0]
    }

    /// Makes a relationship.
    ///
    /// One round trip.
    ///
    /// - Throws: What ``createRelationships(_:)`` throws.
    @discardableResult
    public func createRelationship(
        from source: NodeID, _ type: RelationshipType, to target: NodeID,
        _ properties: [PropertyKey: GraphValue] = [:]
    ) async throws(StorageError) -> RelationshipID {
        let draft = GraphRelationshipDraft(from: source, type, to: target, properties)
        return try await createRelationships([draft])[0]
    }
}
