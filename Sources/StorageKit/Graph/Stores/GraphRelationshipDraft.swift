/// A relationship that is to be made.
public struct GraphRelationshipDraft: Hashable, Sendable {
    /// Where it begins.
    public var source: NodeID
    /// Where it ends.
    public var target: NodeID
    /// What it says.
    public var type: RelationshipType
    /// Its properties.
    public var properties: [PropertyKey: GraphValue]

    /// Describes a relationship.
    public init(
        from source: NodeID, _ type: RelationshipType, to target: NodeID,
        _ properties: [PropertyKey: GraphValue] = [:]
    ) {
        self.source = source
        self.target = target
        self.type = type
        self.properties = properties
    }
}
