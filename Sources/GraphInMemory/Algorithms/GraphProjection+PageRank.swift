public import StorageKit

extension GraphProjection {
    /// How important each node is, by how important those are that lead to it: PageRank.
    ///
    /// ```
    ///   rank₀(v) = 1 / n
    ///   rankᵢ₊₁(v) = (1 - d) / n + d · ( Σ rankᵢ(u) / outdegree(u) + Σ rankᵢ(w) / n )
    ///                                 u leads to v                  w leads nowhere
    /// ```
    ///
    /// The definition is that of LDBC Graphalytics (PR): what nodes without outgoing relationships
    /// have goes to all nodes alike, so that the ranks add up to 1. A relationship counts as often
    /// as it is there; weights do not matter.
    ///
    /// O(iterations · (nodes + edges)), 24 bytes of memory for each node besides the result.
    /// Progress counts iterations.
    ///
    /// - Parameters:
    ///   - damping: The share `d` of a rank that is passed on, from 0 to 1.
    ///   - iterations: How often, at most.
    ///   - tolerance: Stops once an iteration moved less than this of all rank in sum; `nil` for
    ///     all iterations.
    ///   - progress: Told after each iteration.
    /// - Throws: ``StorageError/Code/invalidArgument`` for a damping outside 0 to 1, and for a
    ///   negative number of iterations; ``StorageError/Code/cancelled``.
    @concurrent
    public func pageRank(
        damping: Double = 0.85, iterations: Int = 20, tolerance: Double? = nil,
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<Double> {
        guard (0...1).contains(damping), iterations >= 0 else {
            throw StorageError(
                code: .invalidArgument,
                message: "the damping is from 0 to 1, and iterations are not negative",
                operation: "pageRank")
        }
        var pace = AlgorithmPace("pageRank", total: iterations, progress: progress)
        var flow = RankFlow(self, damping: damping)
        for iteration in 0..<iterations {
            let moved = try flow.advance(measuring: tolerance != nil, &pace)
            try await pace.turn(done: iteration + 1)
            if let tolerance, moved < tolerance { break }
        }
        return NodeValues(flow.ranks(), of: nodes)
    }
}
