public import StorageKit

extension GraphProjection {
    /// How many triangles each node is in: pairs of its neighbours that are neighbours themselves.
    ///
    /// Directions do not matter, and neither do parallel relationships and those from a node to
    /// itself. Each triangle counts for its three nodes; the sum over all nodes is three times
    /// their number.
    ///
    /// O(edges^1.5) at worst: N. Chiba and T. Nishizeki, *Arboricity and Subgraph Listing
    /// Algorithms*, 1985. Progress counts nodes.
    ///
    /// - Throws: ``StorageError/Code/cancelled``.
    @concurrent
    public func triangles(
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<Int> {
        var pace = AlgorithmPace("triangles", total: nodeCount, progress: progress)
        var neighbours = SimpleNeighbours(self)
        while !neighbours.isDone {
            try neighbours.advance(&pace)
            try await pace.turn(done: 0)
        }
        var count = TriangleCount(neighbours, countsEdges: false)
        while !count.isDone {
            try count.advance(&pace)
            try await pace.turn(done: count.doneCount)
        }
        return NodeValues(count.counts(), of: nodes)
    }
}
