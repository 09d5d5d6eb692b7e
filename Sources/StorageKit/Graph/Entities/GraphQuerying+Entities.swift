extension GraphQuerying {
    /// Makes a node of an entity, with the entity's label.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for what properties cannot hold, and what
    ///   ``createNodes(_:)`` throws.
    @discardableResult
    public func create<Entity: GraphNodeEntity>(
        _ entity: Entity
    ) async throws(StorageError) -> NodeID {
        try await createNode([Entity.label], GraphEncoder().encode(entity))
    }

    /// Makes a relationship of an entity.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` for what properties cannot hold, and what
    ///   ``createRelationships(_:)`` throws.
    @discardableResult
    public func create<Entity: GraphRelationshipEntity>(
        _ entity: Entity, from source: NodeID, to target: NodeID
    ) async throws(StorageError) -> RelationshipID {
        let properties = try GraphEncoder().encode(entity)
        return try await createRelationship(from: source, Entity.type, to: target, properties)
    }

    /// Makes a node's properties those of an entity, and no others; its labels stay, and the
    /// entity's is there afterwards.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is such a node.
    /// - Throws: ``StorageError/Code/encodingFailed`` for what properties cannot hold, and what
    ///   ``updateNode(_:_:)`` throws.
    @discardableResult
    public func replace<Entity: GraphNodeEntity>(
        _ id: NodeID, with entity: Entity
    ) async throws(StorageError) -> Bool {
        let properties = try GraphEncoder().encode(entity).mapValues(Optional.some)
        return try await updateNode(
            id,
            GraphNodeUpdate(properties, addingLabels: [Entity.label], replacingProperties: true))
    }

    /// Changes properties of a node; the others stay, and so do its labels.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is such a node.
    /// - Throws: What ``updateNode(_:_:)`` throws.
    @discardableResult
    public func update(
        _ id: NodeID, _ changes: GraphPropertyChange...
    ) async throws(StorageError) -> Bool {
        try await updateNode(id, GraphNodeUpdate(changes))
    }

    /// Changes properties of a relationship; the others stay.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is such a relationship.
    /// - Throws: What ``updateRelationship(_:_:)`` throws.
    @discardableResult
    public func update(
        _ id: RelationshipID, _ changes: GraphPropertyChange...
    ) async throws(StorageError) -> Bool {
        try await updateRelationship(id, GraphRelationshipUpdate(changes))
    }
}
