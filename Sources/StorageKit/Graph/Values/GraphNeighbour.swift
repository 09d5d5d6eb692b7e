/// A node next to another one, and the relationship that leads there; without their properties.
public struct GraphNeighbour: Hashable, Sendable {
    /// The node at the other end.
    public let node: NodeID
    /// The relationship that leads there.
    public let relationship: RelationshipID

    /// A node and what leads there.
    public init(node: NodeID, by relationship: RelationshipID) {
        self.node = node
        self.relationship = relationship
    }
}
