/// A node of a pattern.
public struct GraphNodePattern: Hashable, Sendable {
    /// What it is called.
    public var variable: GraphVariable
    /// The labels that it has, all of them.
    public var labels: Set<GraphLabel>

    /// A node with these labels.
    public init(_ variable: GraphVariable, labels: Set<GraphLabel> = []) {
        self.variable = variable
        self.labels = labels
    }
}
