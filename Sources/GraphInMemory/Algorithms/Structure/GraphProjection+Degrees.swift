public import StorageKit

extension GraphProjection {
    /// How many relationships each node has that lead away, come in, or both.
    ///
    /// One from a node to itself counts once for each direction, and so twice for both, as in
    /// igraph and NetworkX. In an undirected projection the direction does not matter, and one from
    /// a node to itself counts twice.
    ///
    /// O(nodes), O(nodes + edges) in an undirected projection.
    public func degrees(_ direction: GraphDirection = .either) -> NodeValues<Int> {
        NodeValues((0..<nodeCount).map { degree(NodeIndex(UInt32($0)), direction) }, of: nodes)
    }

    /// The spread of the ``degrees(_:)``.
    public func degreeStatistics(_ direction: GraphDirection = .either) -> DegreeStatistics {
        DegreeStatistics(degrees(direction).values)
    }

    private func degree(_ node: NodeIndex, _ direction: GraphDirection) -> Int {
        if orientation == .undirected {
            return outgoing.degree(node)
                + outgoing.neighbours[outgoing.row(node)].count { $0 == node }
        }
        return switch direction {
        case .outgoing: outgoing.degree(node)
        case .incoming: incoming.degree(node)
        case .either: outgoing.degree(node) + incoming.degree(node)
        }
    }
}
