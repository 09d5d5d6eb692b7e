/// A path that was found: nodes, and between each two of them a relationship.
public struct GraphPath: Hashable, Sendable {
    /// The nodes, one more than there are relationships.
    public let nodes: [NodeID]
    /// The relationships in the order in which they are gone along, whichever way each points.
    public let relationships: [RelationshipID]

    /// A path.
    public init(nodes: [NodeID], relationships: [RelationshipID]) {
        self.nodes = nodes
        self.relationships = relationships
    }

    /// How many relationships it is long.
    public var length: Int { relationships.count }
}
