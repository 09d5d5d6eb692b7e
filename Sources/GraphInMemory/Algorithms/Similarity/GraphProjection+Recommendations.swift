public import StorageKit

extension GraphProjection {
    /// Friends of friends: the nodes two steps away that most of a node's neighbours lead to.
    ///
    /// The node itself and its neighbours are not among them. Over how many different neighbours a
    /// node is reached decides, of equals the lower id; parallel relationships count once.
    ///
    /// O(d + k · log(k)), where d is the sum of the outgoing degrees of the node's neighbours and k
    /// the number of nodes that they lead to. Where d is large, 8 bytes of memory for each node of
    /// the projection.
    ///
    /// - Throws: ``StorageError/Code/notFound`` for a node that is not in the projection,
    ///   ``StorageError/Code/invalidArgument`` for a negative count;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func recommendations(
        for node: NodeID, count: Int = 10
    ) async throws(StorageError) -> [Recommendation] {
        let start = try place(of: node, for: "recommendations")
        try requireCount(count, for: "recommendations")
        var pace = AlgorithmPace("recommendations")
        let own = distinctNeighbours(of: start)
        let known = Set(own).union([start])
        let additions = own.reduce(0) { $0 + outgoing.degree(NodeIndex(UInt32($1))) }
        var counts = NeighbourTally(nodeCount: nodeCount, additions: additions)
        for neighbour in own where neighbour != start {
            let reached = distinctNeighbours(of: neighbour)
            try pace.spend(1 + reached.count)
            for other in reached { counts.add(1, to: other) }
            if pace.isTurnDue { try await pace.turn(done: 0) }
        }
        let strangers = counts.entries().filter { !known.contains($0.node) }
        return best(strangers, count).map {
            Recommendation(node: $0.0, commonCount: Int($0.1))
        }
    }
}
