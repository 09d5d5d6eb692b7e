extension GraphProjection {
    /// Its relationships, each once, by the nodes where they begin and end.
    ///
    /// O(nodes + edges) for all.
    public var edges: some Sequence<ProjectionEdge> & Sendable { Edges(projection: self) }

    private struct Edges: Sequence, IteratorProtocol, Sendable {
        let projection: GraphProjection
        private var node = 0
        private var place = 0

        init(projection: GraphProjection) { self.projection = projection }

        mutating func next() -> ProjectionEdge? {
            while place < projection.outgoing.count {
                while place == projection.outgoing.offsets[node + 1] { node += 1 }
                defer { place += 1 }
                let target = projection.outgoing.neighbours[place]
                // Undirected, it is in the rows of both ends.
                guard projection.orientation == .directed || node <= target.rawValue else {
                    continue
                }
                return edge(to: target)
            }
            return nil
        }

        private func edge(to target: NodeIndex) -> ProjectionEdge {
            ProjectionEdge(
                relationship: projection.outgoing.relationships[place].id,
                source: projection.nodes.id(of: NodeIndex(UInt32(node))),
                target: projection.nodes.id(of: target),
                weight: projection.weight(ofEntry: place))
        }
    }
}
