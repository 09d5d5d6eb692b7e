extension GraphReading {
    /// The node with this id as an entity; `nil` when there is none, or it has not the entity's
    /// label.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` where its properties are not the entity's.
    public func node<Entity: GraphNodeEntity>(
        _ id: NodeID, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        guard let node = try await node(id), node.labels.contains(Entity.label) else { return nil }
        return try GraphDecoder().decode(type, from: node.properties)
    }

    /// The relationship with this id as an entity; `nil` when there is none, or it is of another
    /// type.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` where its properties are not the entity's.
    public func relationship<Entity: GraphRelationshipEntity>(
        _ id: RelationshipID, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        guard let found = try await relationship(id), found.type == Entity.type else { return nil }
        return try GraphDecoder().decode(type, from: found.properties)
    }

    /// All nodes of an entity's label, in the order of their ids.
    ///
    /// One round trip for each batch. Outside a snapshot and a transaction, the batches are of
    /// different moments. A node that cannot be decoded ends it with
    /// ``StorageError/Code/decodingFailed``.
    public func entities<Entity: GraphNodeEntity>(_ type: Entity.Type) -> ResultSequence<Entity> {
        ResultSequence { LabelledNodes(self, labelled: Entity.label) }
            .mapped { node throws(StorageError) in
                try GraphDecoder().decode(type, from: node.properties)
            }
    }
}
