public import StorageKit

extension GraphProjection {
    /// Which nodes belong together, by each taking over what most of its neighbours say.
    ///
    /// The definition is that of LDBC Graphalytics (CDLP): each node begins with its own id as its
    /// label. In each iteration all nodes at once take the label that is the most frequent among
    /// their neighbours, of equally frequent ones the smallest. In a directed projection both the
    /// nodes that a node leads to and those that lead to it are its neighbours, and one that is
    /// both counts twice; parallel relationships count each. A node without neighbours keeps its
    /// label.
    ///
    /// O(iterations · (nodes + edges)), 16 bytes of memory for each node besides the result.
    /// Progress counts iterations.
    ///
    /// - Parameters:
    ///   - iterations: How often, at most; it ends earlier once no label changes.
    ///   - progress: Told after each iteration.
    /// - Throws: ``StorageError/Code/invalidArgument`` for a negative number of iterations;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func labelPropagation(
        iterations: Int = 10, progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<NodeID> {
        guard iterations >= 0 else {
            throw StorageError(
                code: .invalidArgument, message: "iterations are not negative",
                operation: "labelPropagation")
        }
        var pace = AlgorithmPace("labelPropagation", total: iterations, progress: progress)
        var vote = LabelVote(self)
        for iteration in 0..<iterations {
            let isChanged = try vote.advance(&pace)
            try await pace.turn(done: iteration + 1)
            if !isChanged { break }
        }
        return NodeValues(vote.labels().map(nodes.id), of: nodes)
    }
}
