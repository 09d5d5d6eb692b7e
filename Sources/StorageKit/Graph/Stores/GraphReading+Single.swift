extension GraphReading {
    /// The node with this id, or `nil` when there is none.
    ///
    /// One round trip.
    public func node(_ id: NodeID) async throws(StorageError) -> GraphNode? {
        try await nodes([id]).first ?? nil
    }

    /// The relationship with this id, or `nil` when there is none.
    ///
    /// One round trip.
    public func relationship(
        _ id: RelationshipID
    ) async throws(StorageError) -> GraphRelationship? {
        try await relationships([id]).first ?? nil
    }
}
