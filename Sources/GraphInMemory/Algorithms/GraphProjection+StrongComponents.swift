public import StorageKit

extension GraphProjection {
    /// Which nodes lead to each other, there and back.
    ///
    /// Each component is named by the smallest id in it; a node that is on no circle is a component
    /// by itself. In an undirected projection these are the weakly connected ones.
    ///
    /// O(nodes + edges) without recursion, however long the ways are; 21 bytes of memory for each
    /// node besides the result. Progress counts nodes.
    ///
    /// - Throws: ``StorageError/Code/cancelled``.
    @concurrent
    public func stronglyConnectedComponents(
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<NodeID> {
        var pace = AlgorithmPace(
            "stronglyConnectedComponents", total: nodeCount, progress: progress)
        var search = CircleSearch(self)
        while !search.isDone {
            try search.advance(&pace)
            try await pace.turn(done: search.doneCount)
        }
        return NodeValues(search.components().map(nodes.id), of: nodes)
    }
}
