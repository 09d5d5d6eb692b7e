public import StorageKit

extension GraphProjection {
    /// How near each node is to some given ones, by the walks that begin at these: personalised
    /// PageRank.
    ///
    /// ```
    ///   rank₀(v) = s(v)
    ///   rankᵢ₊₁(v) = (1 - d) · s(v) + d · ( Σ rankᵢ(u) / outdegree(u) + s(v) · Σ rankᵢ(w) )
    ///                                       u leads to v                      w leads nowhere
    /// ```
    ///
    /// where `s` shares 1 among the sources by their weights. It is PageRank with a walk that
    /// starts anew at a source and not anywhere: L. Page, S. Brin, R. Motwani, T. Winograd, *The
    /// PageRank Citation Ranking*, 1999, section 6; as in NetworkX, what leads nowhere goes back to
    /// the sources. Relationships count as often as they are there; their weights do not matter.
    ///
    /// O(iterations · (nodes + edges)); 24 bytes of memory for each node besides the result.
    /// Progress counts iterations.
    ///
    /// - Parameters:
    ///   - sources: The nodes that walks begin at, each with a weight above 0.
    ///   - damping: The share `d` of a rank that is passed on, from 0 to 1.
    ///   - iterations: How often, at most.
    ///   - tolerance: Stops once an iteration moved less than this of all rank in sum.
    ///   - progress: Told after each iteration.
    /// - Throws: ``StorageError/Code/notFound`` for a source that is not in the projection,
    ///   ``StorageError/Code/invalidArgument`` without sources, for a weight that is not above 0
    ///   and finite, a damping outside 0 to 1, and a negative number of iterations;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func personalisedPageRank(
        from sources: [NodeID: Double], damping: Double = 0.85, iterations: Int = 100,
        tolerance: Double = 1e-9, progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<Double> {
        let starts = try startShares(sources)
        guard (0...1).contains(damping), iterations >= 0 else {
            throw StorageError(
                code: .invalidArgument,
                message: "the damping is from 0 to 1, and iterations are not negative",
                operation: "personalisedPageRank")
        }
        var pace = AlgorithmPace("personalisedPageRank", total: iterations, progress: progress)
        var ranks = starts
        for iteration in 0..<iterations {
            let next = try nextRanks(ranks, starts, damping, &pace)
            let moved = zip(ranks, next).reduce(0) { $0 + abs($1.0 - $1.1) }
            ranks = next
            try await pace.turn(done: iteration + 1)
            if moved < tolerance { break }
        }
        return NodeValues(ranks, of: nodes)
    }

    /// How much of all walks begins at each node.
    private func startShares(_ sources: [NodeID: Double]) throws(StorageError) -> [Double] {
        var starts = [Double](repeating: 0, count: nodeCount)
        for (node, weight) in sources {
            starts[try place(of: node, for: "personalisedPageRank")] = weight
        }
        // In the order of the nodes: that of a dictionary differs from process to process, and
        // with it the rounding.
        let total = starts.reduce(0, +)
        guard total > 0, total < .infinity, sources.values.allSatisfy({ $0 > 0 }) else {
            throw StorageError(
                code: .invalidArgument,
                message: "there is a source, and the weight of each is above 0 and finite",
                operation: "personalisedPageRank")
        }
        for node in starts.indices { starts[node] /= total }
        return starts
    }

    private func nextRanks(
        _ ranks: [Double], _ starts: [Double], _ damping: Double, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> [Double] {
        var passed = ranks
        var sunk = 0.0
        for node in 0..<nodeCount {
            let degree = outgoing.degree(NodeIndex(UInt32(node)))
            if degree == 0 { sunk += ranks[node] }
            passed[node] = degree == 0 ? 0 : ranks[node] / Double(degree)
        }
        var next = starts.map { $0 * (1 - damping + damping * sunk) }
        try incoming.withPointers { rows throws(StorageError) in
            for node in next.indices {
                try pace.spend(rows.degree(node))
                var sum = 0.0
                for place in rows[node] { sum += passed[rows.neighbour(place)] }
                next[node] += damping * sum
            }
        }
        return next
    }
}
