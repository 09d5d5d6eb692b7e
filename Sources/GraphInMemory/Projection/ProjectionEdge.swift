public import StorageKit

/// A relationship of a projection.
public struct ProjectionEdge: Hashable, Sendable {
    /// Which relationship it is.
    public let relationship: RelationshipID
    /// Where it begins; in an undirected projection the end with the lower id.
    public let source: NodeID
    /// Where it ends.
    public let target: NodeID
    /// What it weighs; 1 where the projection has no weights.
    public let weight: Double
}
