public import StorageKit

/// What becomes of the lines of an edge list.
public struct EdgeListOptions: Sendable {
    /// The labels of the nodes.
    public var labels: Set<GraphLabel>
    /// The type of the relationships.
    public var type: RelationshipType
    /// Where a node's number is kept; `nil` for nowhere.
    public var numberKey: PropertyKey?
    /// Where a relationship's weight is kept; `nil` to leave weights out.
    public var weightKey: PropertyKey?

    /// Creates options.
    public init(
        labels: Set<GraphLabel> = [], type: RelationshipType = "LINKS_TO",
        numberKey: PropertyKey? = "number", weightKey: PropertyKey? = "weight"
    ) {
        self.labels = labels
        self.type = type
        self.numberKey = numberKey
        self.weightKey = weightKey
    }
}
