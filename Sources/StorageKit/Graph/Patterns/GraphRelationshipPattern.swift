/// A relationship of a pattern, or a walk along several.
public struct GraphRelationshipPattern: Hashable, Sendable {
    /// What it is called; `nil` where nobody asks for it.
    public var variable: GraphVariable?
    /// The node that it is seen from.
    public var source: GraphVariable
    /// Which way, and of which types.
    public var expansion: GraphExpansion
    /// The node that it leads to.
    public var target: GraphVariable
    /// How many hops; `nil` for one relationship that is not a walk of one.
    public var hops: GraphHops?
    /// What has to be true of the relationship; of a walk, of each of its relationships.
    public var condition: GraphElementCondition?

    /// A relationship between two nodes.
    public init(
        _ variable: GraphVariable? = nil, from source: GraphVariable, _ expansion: GraphExpansion,
        to target: GraphVariable, hops: GraphHops? = nil,
        where condition: GraphElementCondition? = nil
    ) {
        self.variable = variable
        self.source = source
        self.expansion = expansion
        self.target = target
        self.hops = hops
        self.condition = condition
    }
}
