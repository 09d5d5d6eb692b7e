/// One relationship: what an expansion is that says nothing of hops.
public struct GraphSingleHop: GraphHopRange {
    /// None: it is no walk.
    public var hops: GraphHops? { nil }

    /// One relationship.
    public init() {}
}
