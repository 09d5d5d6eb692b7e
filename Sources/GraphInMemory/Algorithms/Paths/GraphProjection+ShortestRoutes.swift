public import StorageKit

extension GraphProjection {
    /// The ways from a node to another one that weigh least, the lightest first.
    ///
    /// No way visits a node twice. Two ways are different when their relationships are, so that
    /// parallel relationships make several ways through the same nodes. Which of several
    /// ways that weigh the same comes first is not promised, but it is the same one each time.
    ///
    /// J. Y. Yen, *Finding the K Shortest Loopless Paths in a Network*, Management Science 17,
    /// 1971, with E. L. Lawler's improvement (Management Science 18, 1972): a way branches off no
    /// earlier than it did from the one that it came from; and a search stops where no way that is
    /// still wanted can be found. O(count · n · (nodes + edges) · log(edges)) at
    /// worst, where n is the length of the ways. Progress counts the ways.
    ///
    /// - Returns: Up to `count` ways; fewer when there are not so many.
    /// - Throws: ``StorageError/Code/notFound`` for a node that is not in the projection,
    ///   ``StorageError/Code/invalidArgument`` for a projection with a weight that is negative or
    ///   not a number, and for a negative count; ``StorageError/Code/cancelled``.
    @concurrent
    public func shortestRoutes(
        from source: NodeID, to target: NodeID, count: Int,
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> [GraphRoute] {
        let start = try place(of: source, for: "shortestRoutes")
        let goal = try place(of: target, for: "shortestRoutes")
        try requireUsableWeights(for: "shortestRoutes")
        guard count >= 0 else {
            throw StorageError(
                code: .invalidArgument, message: "a count is not negative",
                operation: "shortestRoutes")
        }
        var pace = AlgorithmPace("shortestRoutes", total: count, progress: progress)
        var search = BranchingSearch(self, from: start, to: goal, count: count)
        while search.found.count < count {
            guard try await search.advance(&pace) else { break }
            try await pace.turn(done: search.found.count)
        }
        return search.found.map(route)
    }
}
