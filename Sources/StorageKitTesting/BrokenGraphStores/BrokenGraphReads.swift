public import StorageKit

/// Reads of whichever it was given: a snapshot, or a store in its place.
public struct BrokenGraphReads: GraphReading {
    let base: any GraphReading

    /// How much one call may carry.
    public var limits: GraphLimits { base.limits }

    /// The nodes with these ids.
    public func nodes(_ ids: [NodeID]) async throws(StorageError) -> [GraphNode?] {
        try await base.nodes(ids)
    }

    /// The relationships with these ids.
    public func relationships(
        _ ids: [RelationshipID]
    ) async throws(StorageError) -> [GraphRelationship?] {
        try await base.relationships(ids)
    }

    /// The next nodes of a label.
    public func nodes(
        labelled label: GraphLabel?, after id: NodeID?, limit: Int
    ) async throws(StorageError) -> [GraphNode] {
        try await base.nodes(labelled: label, after: id, limit: limit)
    }

    /// Some of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion, limit: Int
    ) async throws(StorageError) -> [GraphNeighbour] {
        try await base.neighbours(of: node, expansion, limit: limit)
    }

    /// All of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion
    ) -> ResultSequence<GraphNeighbour> {
        base.neighbours(of: node, expansion)
    }

    /// How many relationships of a node there are to go along.
    public func degree(
        of node: NodeID, _ expansion: GraphExpansion
    ) async throws(StorageError) -> Int {
        try await base.degree(of: node, expansion)
    }

    /// How many nodes have the label.
    public func nodeCount(labelled label: GraphLabel?) async throws(StorageError) -> Int {
        try await base.nodeCount(labelled: label)
    }

    /// How many relationships have the type.
    public func relationshipCount(type: RelationshipType?) async throws(StorageError) -> Int {
        try await base.relationshipCount(type: type)
    }
}
