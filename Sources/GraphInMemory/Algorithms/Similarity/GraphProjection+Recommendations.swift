public import StorageKit

extension GraphProjection {
    /// Friends of friends: the nodes two steps away that most of a node's neighbours lead to.
    ///
    /// The node itself and its neighbours are not among them. Over how many different neighbours a
    /// node is reached decides, of equals the lower id; parallel relationships count once.
    ///
    /// O(the sum of the outgoing degrees of the node's neighbours).
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
        var counts: [Int: Int] = [:]
        for neighbour in own where neighbour != start {
            let reached = distinctNeighbours(of: neighbour)
            try pace.spend(1 + reached.count)
            for other in reached where !known.contains(other) { counts[other, default: 0] += 1 }
            if pace.isTurnDue { try await pace.turn(done: 0) }
        }
        return best(counts.map { ($0.key, $0.value) }, count).map {
            Recommendation(node: $0.0, commonCount: $0.1)
        }
    }
}
