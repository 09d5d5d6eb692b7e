public import StorageKit

/// A node that one might want to be connected with.
public struct Recommendation: Hashable, Sendable {
    /// The node.
    public let node: NodeID
    /// Over how many of one's own neighbours it is reached.
    public let commonCount: Int

    /// A node, and over how many it is reached.
    public init(node: NodeID, commonCount: Int) {
        self.node = node
        self.commonCount = commonCount
    }
}
