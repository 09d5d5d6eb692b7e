public import StorageKit

extension GraphProjection {
    /// Groups of nodes that have more between them than to others, by the Louvain method.
    ///
    /// ```
    ///   modularity = Σ ( inside(c) / m  -  resolution · (degree(c) / 2m)² )      over communities
    ///   c
    /// ```
    ///
    /// where `m` is the weight of all relationships, `inside` that of those within a community, and
    /// `degree` the sum of its nodes' weighted degrees. Directions do not matter; parallel
    /// relationships add up; one from a node to itself counts for its degree twice.
    ///
    /// V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, *Fast unfolding of communities in
    /// large networks*, Journal of Statistical Mechanics, 2008. A pass is O(nodes + edges), and
    /// there are few in practice. Progress counts passes. The same seed gives the same communities.
    ///
    /// - Parameters:
    ///   - resolution: Above 1 for more and smaller communities, below for fewer and larger ones.
    ///   - seed: What the order in which nodes choose is drawn by.
    ///   - progress: Told after each pass.
    /// - Throws: ``StorageError/Code/invalidArgument`` for a projection with a weight that is
    ///   negative or not a number, for weights with an infinite sum, and for a resolution that is
    ///   not above 0 and finite;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func communities(
        resolution: Double = 1, seed: UInt64 = 1,
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> Communities {
        try requireUsableWeights(for: "communities")
        guard resolution > 0, resolution < .infinity else {
            throw StorageError(
                code: .invalidArgument, message: "the resolution is above 0 and finite",
                operation: "communities")
        }
        var pace = AlgorithmPace("communities", progress: progress)
        var generator = AlgorithmRandom(seed: seed)
        var level = try CommunityLevel(self, &pace)
        guard level.total < .infinity else { throw .infiniteWeights }
        var communityOfNode = Array(0..<nodeCount)
        var (passes, levels) = (0, 0)
        while true {
            var hasMoved = false
            while try level.movePass(resolution: resolution, &generator, &pace) {
                hasMoved = true
                passes += 1
                try await pace.turn(done: passes)
            }
            guard hasMoved else { break }
            let count = level.group(&communityOfNode)
            level = try level.coarser(groupCount: count, &pace)
            levels += 1
        }
        let (numbers, count) = numbered(communityOfNode)
        return Communities(
            communities: NodeValues(numbers, of: nodes), count: count,
            modularity: level.modularity(resolution: resolution), levels: levels)
    }

    /// The communities by their sizes, of equal ones first that of the node with the lower id.
    private func numbered(_ communityOfNode: [Int]) -> (numbers: [Int], count: Int) {
        var sizes: [Int: (size: Int, first: Int)] = [:]
        for (node, community) in communityOfNode.enumerated() {
            sizes[community, default: (0, node)].size += 1
        }
        let order = sizes.sorted {
            ($1.value.size, $0.value.first) < ($0.value.size, $1.value.first)
        }
        let numbers = Dictionary(
            uniqueKeysWithValues: order.enumerated().map { ($1.key, $0) })
        return (communityOfNode.map { numbers[$0] ?? 0 }, order.count)
    }
}

extension StorageError {
    fileprivate static var infiniteWeights: StorageError {
        StorageError(
            code: .invalidArgument, message: "the weights add up to more than a number can be",
            operation: "communities")
    }
}
