/// A relationship as it was read: it goes from a node to a node, or back to the same one.
///
/// Two nodes may have several relationships of the same type and direction.
public struct GraphRelationship: Hashable, Sendable, Identifiable {
    /// Which relationship it is.
    public let id: RelationshipID
    /// Where it begins.
    public let source: NodeID
    /// Where it ends.
    public let target: NodeID
    /// What it says.
    public let type: RelationshipType
    /// Its properties.
    public let properties: [PropertyKey: GraphValue]

    /// A relationship with all that belongs to it.
    public init(
        id: RelationshipID, from source: NodeID, to target: NodeID, type: RelationshipType,
        properties: [PropertyKey: GraphValue] = [:]
    ) {
        self.id = id
        self.source = source
        self.target = target
        self.type = type
        self.properties = properties
    }

    /// The value of a property; `nil` when it has none.
    public subscript(key: PropertyKey) -> GraphValue? { properties[key] }

    /// The node at the other end, seen from one of the two.
    public func other(than node: NodeID) -> NodeID { node == source ? target : source }
}
