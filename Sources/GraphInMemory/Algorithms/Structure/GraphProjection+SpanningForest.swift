public import StorageKit

extension GraphProjection {
    /// The lightest relationships that connect all nodes that are connected: a minimum spanning
    /// tree, of each part one.
    ///
    /// Directions do not matter. Without weights each weighs 1; they may be negative. Of
    /// relationships that weigh the same those that come first in the rows are taken, so that the
    /// result is the same each time.
    ///
    /// J. B. Kruskal, *On the Shortest Spanning Subtree of a Graph*, Proceedings of the American
    /// Mathematical Society 7, 1956: O(edges · log(edges)).
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a weight that is not a number;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func minimumSpanningForest() async throws(StorageError) -> SpanningForest {
        guard weights?.contains(where: \.isNaN) != true else {
            throw StorageError(
                code: .invalidArgument, message: "a weight is not a number",
                operation: "minimumSpanningForest")
        }
        var pace = AlgorithmPace("minimumSpanningForest", total: outgoing.count)
        let sources = (0..<nodeCount).flatMap { node in
            [UInt32](repeating: UInt32(node), count: outgoing.degree(NodeIndex(UInt32(node))))
        }
        var parts = DisjointSets(count: nodeCount)
        var relationships: [RelationshipID] = []
        var weight = 0.0
        for place in placesByWeight() {
            try pace.spend(1)
            let target = outgoing.neighbours[place].rawValue
            guard parts.unite(Int(sources[place]), Int(target)) else { continue }
            relationships.append(outgoing.relationships[place].id)
            weight += self.weight(ofEntry: place)
            if pace.isTurnDue { try await pace.turn(done: relationships.count) }
        }
        return SpanningForest(
            relationships: relationships, weight: weight, treeCount: parts.count)
    }

    private func placesByWeight() -> [Int] {
        let places = Array(0..<outgoing.count)
        guard let weights else { return places }
        return places.sorted { (weights[$0], $0) < (weights[$1], $1) }
    }
}
