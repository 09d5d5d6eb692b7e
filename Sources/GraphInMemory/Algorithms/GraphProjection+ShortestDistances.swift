public import StorageKit

extension GraphProjection {
    /// How far each node is from one, by the way whose weights add up to the least.
    ///
    /// The definition is that of LDBC Graphalytics (SSSP): the source has distance 0, and nodes
    /// that cannot be reached `Double.infinity`. Relationships are followed in their direction,
    /// both ways in an undirected projection. Without weights each weighs 1.
    ///
    /// O((nodes + edges) · log(nodes)) at worst, whatever the weights; 17 bytes of memory for each
    /// node besides the result, and 8 for each time that a node waits. Progress counts the nodes
    /// whose distance is final.
    ///
    /// - Throws: ``StorageError/Code/notFound`` for a source that is not in the projection,
    ///   ``StorageError/Code/invalidArgument`` for a projection with a weight that is negative or
    ///   not a number; ``StorageError/Code/cancelled``.
    @concurrent
    public func shortestDistances(
        from source: NodeID, progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<Double> {
        let start = try place(of: source, for: "shortestDistances")
        try requireUsableWeights(for: "shortestDistances")
        var pace = AlgorithmPace("shortestDistances", total: nodeCount, progress: progress)
        var search = DistanceSearch(self, from: start)
        while !search.isDone {
            try search.advance(&pace)
            try await pace.turn(done: search.finalCount)
        }
        return NodeValues(search.distances(), of: nodes)
    }

    /// Makes sure that the shortest way to a node never leads on from a longer one.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a weight below 0 or not a number.
    func requireUsableWeights(for operation: String) throws(StorageError) {
        guard weightBounds.isUsable else {
            throw StorageError(
                code: .invalidArgument,
                message: "a weight is negative or not a number, which no shortest way has",
                operation: operation)
        }
    }
}
