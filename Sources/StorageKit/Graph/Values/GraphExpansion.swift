/// Along which relationships of a node its neighbours are looked for.
///
/// ```swift
/// try await store.neighbours(of: ada, .outgoing("FOLLOWS"), limit: 20)
/// ```
public struct GraphExpansion: Hashable, Sendable {
    /// Which way.
    public var direction: GraphDirection
    /// Of which types; none stands for all.
    public var types: Set<RelationshipType>

    /// Describes an expansion.
    public init(_ direction: GraphDirection, types: Set<RelationshipType> = []) {
        self.direction = direction
        self.types = types
    }

    /// Along relationships that begin at the node, of these types, or of all.
    public static func outgoing(_ types: RelationshipType...) -> GraphExpansion {
        GraphExpansion(.outgoing, types: Set(types))
    }

    /// Along relationships that end at the node, of these types, or of all.
    public static func incoming(_ types: RelationshipType...) -> GraphExpansion {
        GraphExpansion(.incoming, types: Set(types))
    }

    /// Along relationships either way, of these types, or of all.
    public static func either(_ types: RelationshipType...) -> GraphExpansion {
        GraphExpansion(.either, types: Set(types))
    }
}
