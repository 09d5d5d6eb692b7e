public import StorageKit

/// A way through a projection: from node to node along relationships.
public struct GraphRoute: Hashable, Sendable {
    /// The nodes in their order, both ends included; one for the way from a node to itself.
    public let nodes: [NodeID]
    /// The relationships between them, one fewer than there are nodes.
    public let relationships: [RelationshipID]
    /// What the relationships weigh together; each 1 where the projection has no weights.
    public let weight: Double

    /// A way along relationships.
    public init(nodes: [NodeID], relationships: [RelationshipID], weight: Double) {
        precondition(nodes.count == relationships.count + 1)
        self.nodes = nodes
        self.relationships = relationships
        self.weight = weight
    }

    /// How many relationships it goes along.
    public var length: Int { relationships.count }
}
