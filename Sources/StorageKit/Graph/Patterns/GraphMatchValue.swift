/// What was read of a match, for one ``GraphSelection``.
public enum GraphMatchValue: Hashable, Sendable {
    /// A whole node.
    case node(GraphNode)
    /// A whole relationship.
    case relationship(GraphRelationship)
    /// The relationships of a walk, in its order.
    case relationships([GraphRelationship])
    /// A path.
    case path(GraphPath)
    /// Which node it is.
    case nodeID(NodeID)
    /// Which relationship it is.
    case relationshipID(RelationshipID)
    /// Which relationships a walk is, in its order.
    case relationshipIDs([RelationshipID])
    /// A property or a length; `nil` where it is absent.
    case value(GraphValue?)
}
