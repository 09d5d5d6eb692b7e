extension GraphWalk {
    /// On along relationships of a type that begin where it is.
    ///
    /// - Parameters:
    ///   - type: What the relationships are.
    ///   - hops: How many, one behind the other.
    ///   - condition: What is true of each relationship.
    public func out<Relationship: GraphRelationshipEntity>(
        _ type: Relationship.Type, hops: some GraphHopRange = GraphSingleHop(),
        where condition: GraphElementCondition? = nil
    ) -> GraphWalk<Reader, GraphNode> {
        step(
            GraphExpansion(.outgoing, types: [Relationship.type]), hops.hops, condition,
            GraphNodeVariable())
    }

    /// On along relationships of a type that begin where it is, to nodes of a label.
    ///
    /// - Parameters:
    ///   - type: What the relationships are.
    ///   - hops: How many, one behind the other.
    ///   - condition: What is true of each relationship.
    ///   - node: What the nodes are.
    public func out<Relationship: GraphRelationshipEntity, Next: GraphNodeEntity>(
        _ type: Relationship.Type, hops: some GraphHopRange = GraphSingleHop(),
        where condition: GraphElementCondition? = nil, to node: Next.Type
    ) -> GraphWalk<Reader, Next> {
        step(
            GraphExpansion(.outgoing, types: [Relationship.type]), hops.hops, condition,
            GraphNodeVariable<Next>())
    }

    /// On along relationships that begin where it is: of these types, or of all.
    public func out(
        _ types: RelationshipType..., hops: some GraphHopRange = GraphSingleHop()
    ) -> GraphWalk<Reader, GraphNode> {
        step(GraphExpansion(.outgoing, types: Set(types)), hops.hops, nil, GraphNodeVariable())
    }

    /// On along relationships of a type that end where it is.
    ///
    /// - Parameters:
    ///   - type: What the relationships are.
    ///   - hops: How many, one behind the other.
    ///   - condition: What is true of each relationship.
    public func `in`<Relationship: GraphRelationshipEntity>(
        _ type: Relationship.Type, hops: some GraphHopRange = GraphSingleHop(),
        where condition: GraphElementCondition? = nil
    ) -> GraphWalk<Reader, GraphNode> {
        step(
            GraphExpansion(.incoming, types: [Relationship.type]), hops.hops, condition,
            GraphNodeVariable())
    }

    /// On along relationships of a type that end where it is, to nodes of a label.
    ///
    /// - Parameters:
    ///   - type: What the relationships are.
    ///   - hops: How many, one behind the other.
    ///   - condition: What is true of each relationship.
    ///   - node: What the nodes are.
    public func `in`<Relationship: GraphRelationshipEntity, Next: GraphNodeEntity>(
        _ type: Relationship.Type, hops: some GraphHopRange = GraphSingleHop(),
        where condition: GraphElementCondition? = nil, to node: Next.Type
    ) -> GraphWalk<Reader, Next> {
        step(
            GraphExpansion(.incoming, types: [Relationship.type]), hops.hops, condition,
            GraphNodeVariable<Next>())
    }

    /// On along relationships that end where it is: of these types, or of all.
    public func `in`(
        _ types: RelationshipType..., hops: some GraphHopRange = GraphSingleHop()
    ) -> GraphWalk<Reader, GraphNode> {
        step(GraphExpansion(.incoming, types: Set(types)), hops.hops, nil, GraphNodeVariable())
    }

    /// On along relationships of a type of where it is, whichever way they point.
    ///
    /// - Parameters:
    ///   - type: What the relationships are.
    ///   - hops: How many, one behind the other.
    ///   - condition: What is true of each relationship.
    public func both<Relationship: GraphRelationshipEntity>(
        _ type: Relationship.Type, hops: some GraphHopRange = GraphSingleHop(),
        where condition: GraphElementCondition? = nil
    ) -> GraphWalk<Reader, GraphNode> {
        step(
            GraphExpansion(.either, types: [Relationship.type]), hops.hops, condition,
            GraphNodeVariable())
    }

    /// On along relationships of a type of where it is, whichever way they point, to nodes of a
    /// label.
    ///
    /// - Parameters:
    ///   - type: What the relationships are.
    ///   - hops: How many, one behind the other.
    ///   - condition: What is true of each relationship.
    ///   - node: What the nodes are.
    public func both<Relationship: GraphRelationshipEntity, Next: GraphNodeEntity>(
        _ type: Relationship.Type, hops: some GraphHopRange = GraphSingleHop(),
        where condition: GraphElementCondition? = nil, to node: Next.Type
    ) -> GraphWalk<Reader, Next> {
        step(
            GraphExpansion(.either, types: [Relationship.type]), hops.hops, condition,
            GraphNodeVariable<Next>())
    }

    /// On along relationships of where it is, whichever way they point: of these types, or of all.
    public func both(
        _ types: RelationshipType..., hops: some GraphHopRange = GraphSingleHop()
    ) -> GraphWalk<Reader, GraphNode> {
        step(GraphExpansion(.either, types: Set(types)), hops.hops, nil, GraphNodeVariable())
    }

    private func step<Next>(
        _ expansion: GraphExpansion, _ hops: GraphHops?, _ condition: GraphElementCondition?,
        _ next: GraphNodeVariable<Next>
    ) -> GraphWalk<Reader, Next> {
        GraphWalk<Reader, Next>(
            reader, pattern.adding(nil, expansion, hops, condition, next, nil), end: next)
    }
}
