public import StorageKit

extension GraphProjection {
    /// Which nodes hang together, whichever way their relationships point.
    ///
    /// Each component is named by the smallest id in it: two nodes have the same value if there is
    /// a way between them. The definition is that of LDBC Graphalytics (WCC).
    ///
    /// Nearly O(nodes + edges), 4 bytes of memory for each node besides the result. Progress counts
    /// nodes.
    ///
    /// - Throws: ``StorageError/Code/cancelled``.
    @concurrent
    public func weaklyConnectedComponents(
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<NodeID> {
        var pace = AlgorithmPace(
            "weaklyConnectedComponents", total: nodeCount, progress: progress)
        var forest = ComponentForest(self)
        while !forest.isDone {
            try forest.advance(&pace)
            try await pace.turn(done: forest.doneCount)
        }
        return NodeValues(forest.components().map(nodes.id), of: nodes)
    }
}
