public import StorageKit

/// The lightest relationships that connect all that is connected.
public struct SpanningForest: Hashable, Sendable {
    /// The relationships, the lightest first.
    public let relationships: [RelationshipID]
    /// What they weigh together.
    public let weight: Double
    /// How many parts there are that nothing connects; a tree has one.
    public let treeCount: Int
}
