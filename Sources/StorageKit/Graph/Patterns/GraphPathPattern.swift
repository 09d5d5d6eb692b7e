/// A path of a pattern: relationships of it, one behind the other.
public struct GraphPathPattern: Hashable, Sendable {
    /// What it is called.
    public var variable: GraphVariable
    /// The node that it begins at.
    public var start: GraphVariable
    /// The places of its relationships in ``GraphPattern/relationships``.
    public var relationships: [Int]

    /// A path along relationships of the pattern.
    public init(_ variable: GraphVariable, from start: GraphVariable, along relationships: [Int]) {
        self.variable = variable
        self.start = start
        self.relationships = relationships
    }
}
