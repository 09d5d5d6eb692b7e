public import StorageKit

extension GraphProjection {
    /// On how many of the shortest ways between two others each node lies: betweenness.
    ///
    /// ```
    ///   betweenness(v) = Σ σ(s, t | v) / σ(s, t)     over all s ≠ v ≠ t
    /// ```
    ///
    /// where σ counts shortest ways, and those through `v`. In an undirected projection each pair
    /// counts once. Parallel relationships make several ways, as in igraph. Ways are compared by
    /// their exact sums, so weights should be whole numbers or have few digits; what weighs
    /// infinitely much is on no way.
    ///
    /// U. Brandes, *A Faster Algorithm for Betweenness Centrality*, 2001: O(nodes · edges), with
    /// weights O(nodes · edges · log(nodes)); 33 bytes of memory for each node. Progress counts the
    /// nodes that ways were searched from.
    ///
    /// - Parameters:
    ///   - isNormalized: Whether the values are divided by the number of pairs, so that they lie
    ///     between 0 and 1 however large the graph is.
    ///   - samples: How many nodes ways are searched from, drawn at random, for an estimate in a
    ///     fraction of the time; `nil` for all, and the exact values.
    ///   - seed: What the nodes are drawn by.
    ///   - progress: Told after each of them.
    /// - Throws: ``StorageError/Code/invalidArgument`` for a projection with a weight that is not
    ///   above 0, and for fewer than one sample; ``StorageError/Code/cancelled``.
    @concurrent
    public func betweenness(
        isNormalized: Bool = false, samples: Int? = nil, seed: UInt64 = 1,
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<Double> {
        try requireUsableWeights(for: "betweenness")
        guard weightBounds.minimum > 0, (samples ?? 1) > 0 else {
            throw StorageError(
                code: .invalidArgument,
                message: "every weight and the number of samples is above 0",
                operation: "betweenness")
        }
        let sources = betweennessSources(samples, seed)
        var pace = AlgorithmPace("betweenness", total: sources.count, progress: progress)
        let totals = WorkBuffer(repeating: 0.0, count: nodeCount)
        let scale = betweennessScale(isNormalized, sources: sources.count)
        let search = BrandesSearch(self)
        for (place, source) in sources.enumerated() {
            try search.add(from: source, scale: scale, to: totals, &pace)
            try await pace.turn(done: place + 1)
        }
        return NodeValues(totals.map { $0 }, of: nodes)
    }

    private func betweennessSources(_ samples: Int?, _ seed: UInt64) -> [Int] {
        guard let samples, samples < nodeCount else { return Array(0..<nodeCount) }
        var generator = AlgorithmRandom(seed: seed)
        return Array((0..<nodeCount).shuffled(using: &generator).prefix(samples))
    }

    private func betweennessScale(_ isNormalized: Bool, sources: Int) -> Double {
        let count = Double(nodeCount)
        let whole = sources == 0 ? 1 : count / Double(sources)
        if isNormalized { return nodeCount > 2 ? whole / ((count - 1) * (count - 2)) : 0 }
        return orientation == .undirected ? whole / 2 : whole
    }
}
