public import StorageKit

/// The communities of a projection: groups of nodes with more between them than to others.
public struct Communities: Sendable {
    /// The community of each node, numbered from 0, the largest first.
    public let communities: NodeValues<Int>
    /// How many there are.
    public let count: Int
    /// How much more lies within the communities than would by chance: from -0.5 to 1.
    public let modularity: Double
    /// How often the communities were made the nodes of a smaller graph.
    public let levels: Int

    /// The community of a node; `nil` for one that is not in the projection.
    public subscript(node: NodeID) -> Int? { communities[node] }
}
