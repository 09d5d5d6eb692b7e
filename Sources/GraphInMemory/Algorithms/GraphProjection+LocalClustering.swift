public import StorageKit

extension GraphProjection {
    /// How well the neighbours of each node know each other, from 0 to 1.
    ///
    /// The definition is that of LDBC Graphalytics (LCC): with `N` the nodes that a node leads to
    /// or that lead to it, without itself, it is the number of directed edges within `N` over
    /// `|N| · (|N| - 1)`, and 0 for fewer than two neighbours. An undirected edge counts as two;
    /// parallel ones count once, and those to the node itself not at all.
    ///
    /// O(edges^1.5), 9 bytes of memory for each edge and 28 for each node besides the result.
    /// Progress counts nodes.
    ///
    /// - Throws: ``StorageError/Code/cancelled``.
    @concurrent
    public func localClusteringCoefficients(
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<Double> {
        var pace = AlgorithmPace(
            "localClusteringCoefficients", total: nodeCount, progress: progress)
        var neighbours = SimpleNeighbours(self)
        while !neighbours.isDone {
            try neighbours.advance(&pace)
            try await pace.turn(done: 0)
        }
        var count = TriangleCount(neighbours)
        while !count.isDone {
            try count.advance(&pace)
            try await pace.turn(done: count.doneCount)
        }
        return NodeValues(count.coefficients(), of: nodes)
    }
}
