/// A walk through a graph, from node to node: the short form of a ``GraphPattern`` without
/// branches.
///
/// ```swift
/// let friendsOfFriends = store.walk(from: ada)
///     .out(Follows.self).out(Follows.self, to: Person.self)
///     .filter(Person.city == "Berlin")
///     .distinct().limit(10)
/// for try await person in friendsOfFriends.entities { … }
/// ```
///
/// What is ordered, skipped, limited or made distinct is the result at its end, wherever it is
/// said. The result is the nodes at its end, one for each way there, unless ``distinct()``. Other
/// than in Gremlin no relationship is gone along twice on one way: of a pair of friends, `both`
/// twice does not lead back along the same friendship.
public struct GraphWalk<Reader: GraphMatching, Node: Sendable>: Sendable {
    let reader: Reader
    /// The pattern that it stands for; its nodes at the end are selected.
    public let pattern: GraphPattern
    /// The node that it has come to.
    public let end: GraphNodeVariable<Node>

    init(_ reader: Reader, _ pattern: GraphPattern, end: GraphNodeVariable<Node>) {
        self.reader = reader
        self.pattern = pattern
        self.end = end
    }
}

extension GraphMatching {
    /// A walk from a node.
    public func walk(from id: NodeID) -> GraphWalk<Self, GraphNode> {
        let start = GraphNodeVariable()
        return GraphWalk(self, .match(start).filter(start.id == id), end: start)
    }

    /// A walk from each of these nodes.
    public func walk(from ids: some Sequence<NodeID>) -> GraphWalk<Self, GraphNode> {
        let start = GraphNodeVariable()
        return GraphWalk(self, .match(start).filter(start.id.isOne(of: ids)), end: start)
    }

    /// A walk from each node of a label.
    public func walk<Node: GraphNodeEntity>(
        from type: Node.Type, where condition: GraphElementCondition? = nil
    ) -> GraphWalk<Self, Node> {
        let start = GraphNodeVariable<Node>()
        return GraphWalk(self, .match(start, where: condition), end: start)
    }
}
