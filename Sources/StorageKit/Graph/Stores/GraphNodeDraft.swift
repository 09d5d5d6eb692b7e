/// A node that is to be made.
public struct GraphNodeDraft: Hashable, Sendable {
    /// Its labels.
    public var labels: Set<GraphLabel>
    /// Its properties.
    public var properties: [PropertyKey: GraphValue]

    /// Describes a node.
    public init(_ labels: Set<GraphLabel>, _ properties: [PropertyKey: GraphValue] = [:]) {
        self.labels = labels
        self.properties = properties
    }
}
