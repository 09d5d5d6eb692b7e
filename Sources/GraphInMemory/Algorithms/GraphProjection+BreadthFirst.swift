public import StorageKit

extension GraphProjection {
    /// The level of nodes that a breadth-first search does not reach.
    public static var unreachableLevel: Int { .max }

    /// How many relationships lead from a node to each, by the way that has the fewest.
    ///
    /// The definition is that of LDBC Graphalytics (BFS): the source has level 0, and nodes that
    /// cannot be reached ``unreachableLevel``. Relationships are followed in their direction, both
    /// ways in an undirected projection; weights do not matter.
    ///
    /// O(nodes + edges), 12 bytes of memory for each node besides the result. Progress counts the
    /// nodes that were reached.
    ///
    /// - Throws: ``StorageError/Code/notFound`` for a source that is not in the projection;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func breadthFirstLevels(
        from source: NodeID, progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> NodeValues<Int> {
        let start = try place(of: source, for: "breadthFirstLevels")
        var pace = AlgorithmPace("breadthFirstLevels", total: nodeCount, progress: progress)
        var search = LevelSearch(self, from: start)
        while !search.isDone {
            try search.advance(&pace)
            try await pace.turn(done: search.reachedCount)
        }
        return NodeValues(search.levels(), of: nodes)
    }
}
