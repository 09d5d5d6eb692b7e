/// A node as it was read: a thing with labels and properties.
public struct GraphNode: Hashable, Sendable, Identifiable {
    /// Which node it is.
    public let id: NodeID
    /// Its labels, each once.
    public let labels: Set<GraphLabel>
    /// Its properties.
    public let properties: [PropertyKey: GraphValue]

    /// A node with all that belongs to it.
    public init(
        id: NodeID, labels: Set<GraphLabel> = [], properties: [PropertyKey: GraphValue] = [:]
    ) {
        self.id = id
        self.labels = labels
        self.properties = properties
    }

    /// The value of a property; `nil` when it has none.
    public subscript(key: PropertyKey) -> GraphValue? { properties[key] }
}
