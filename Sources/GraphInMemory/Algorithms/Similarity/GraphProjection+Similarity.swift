public import StorageKit

extension GraphProjection {
    /// The nodes most like a given one, by the neighbours that they have in common, the most alike
    /// first, of equals those with lower ids.
    ///
    /// Neighbours are what relationships lead to; in an undirected projection either end. They
    /// count once however many relationships there are, and a node is a neighbour of its own if a
    /// relationship leads back to it. Nodes with no common neighbour are not among the results.
    ///
    /// O(d + k · log(k)), where d is the sum of the incoming degrees of the node's neighbours and
    /// of the degrees of the k nodes that have a neighbour in common with it. Where d is large, 8
    /// bytes of memory for each node of the projection.
    ///
    /// - Parameters:
    ///   - node: The node.
    ///   - measure: How alike is measured.
    ///   - count: How many at the most.
    /// - Throws: ``StorageError/Code/notFound`` for a node that is not in the projection,
    ///   ``StorageError/Code/invalidArgument`` for a negative count;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func similarNodes(
        to node: NodeID, by measure: NodeSimilarity = .jaccard, count: Int = 10
    ) async throws(StorageError) -> [(node: NodeID, similarity: Double)] {
        let start = try place(of: node, for: "similarNodes")
        try requireCount(count, for: "similarNodes")
        var pace = AlgorithmPace("similarNodes")
        let own = distinctNeighbours(of: start)
        let additions = own.reduce(0) { $0 + incoming.degree(NodeIndex(UInt32($1))) }
        var shared = NeighbourTally(nodeCount: nodeCount, additions: additions)
        for neighbour in own {
            let others = distinctSources(of: neighbour)
            try pace.spend(1 + others.count)
            let worth = measure.worth(ofNeighbourWith: others.count)
            for other in others where other != start { shared.add(worth, to: other) }
            if pace.isTurnDue { try await pace.turn(done: 0) }
        }
        var scored: [(Int, Double)] = []
        for (other, sum) in shared.entries() {
            try pace.spend(1 + outgoing.degree(NodeIndex(UInt32(other))))
            let degree = measure.needsDegrees ? distinctNeighbours(of: other).count : 0
            scored.append((other, measure.similarity(sum, own.count, degree)))
            if pace.isTurnDue { try await pace.turn(done: 0) }
        }
        return best(scored, count).map { (node: $0.0, similarity: $0.1) }
    }

    /// How alike two nodes are.
    ///
    /// O(the degrees of both).
    ///
    /// - Throws: ``StorageError/Code/notFound`` for a node that is not in the projection.
    public func similarity(
        of first: NodeID, and second: NodeID, by measure: NodeSimilarity = .jaccard
    ) throws(StorageError) -> Double {
        let left = distinctNeighbours(of: try place(of: first, for: "similarity"))
        let right = distinctNeighbours(of: try place(of: second, for: "similarity"))
        // In the order of the nodes, so that the sum is rounded the same each time.
        let common = left.filter(Set(right).contains)
        let sum = common.reduce(0) { sum, neighbour in
            sum + measure.worth(ofNeighbourWith: distinctSources(of: neighbour).count)
        }
        return common.isEmpty ? 0 : measure.similarity(sum, left.count, right.count)
    }

    /// The nodes that two nodes both lead to, in the order of their ids.
    ///
    /// O(the degrees of both).
    ///
    /// - Throws: ``StorageError/Code/notFound`` for a node that is not in the projection.
    public func commonNeighbours(
        of first: NodeID, and second: NodeID
    ) throws(StorageError) -> [NodeID] {
        let left = distinctNeighbours(of: try place(of: first, for: "commonNeighbours"))
        let right = Set(distinctNeighbours(of: try place(of: second, for: "commonNeighbours")))
        return left.filter(right.contains).map { nodes.id(of: NodeIndex(UInt32($0))) }
    }

    /// What a node leads to, ascending, each once.
    func distinctNeighbours(of node: Int) -> [Int] { distinct(outgoing, node) }

    /// What leads to a node, ascending, each once.
    func distinctSources(of node: Int) -> [Int] { distinct(incoming, node) }

    private func distinct(_ rows: CompressedRows, _ node: Int) -> [Int] {
        var found: [Int] = []
        let row = rows.row(NodeIndex(UInt32(node)))
        found.reserveCapacity(row.count)
        for neighbour in rows.neighbours[row] {
            if found.last != Int(neighbour.rawValue) { found.append(Int(neighbour.rawValue)) }
        }
        return found
    }

    func requireCount(_ count: Int, for operation: String) throws(StorageError) {
        guard count >= 0 else {
            throw StorageError(
                code: .invalidArgument, message: "a count is not negative", operation: operation)
        }
    }

    /// The nodes with the largest numbers, of equals those with lower ids.
    func best<Score: Comparable>(
        _ scored: [(Int, Score)], _ count: Int
    ) -> [(NodeID, Score)] {
        scored.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(count).map {
            (nodes.id(of: NodeIndex(UInt32($0.0))), $0.1)
        }
    }
}

extension NodeSimilarity {
    /// Whether it asks how many neighbours each of the two has.
    fileprivate var needsDegrees: Bool { self != .commonNeighbours && self != .adamicAdar }

    /// What a neighbour that two nodes share adds, by how many nodes have it for a neighbour.
    fileprivate func worth(ofNeighbourWith count: Int) -> Double {
        self == .adamicAdar ? 1 / logarithm(Double(count)) : 1
    }

    fileprivate func similarity(_ sum: Double, _ left: Int, _ right: Int) -> Double {
        switch self {
        case .jaccard: sum / (Double(left + right) - sum)
        case .overlap: sum / Double(min(left, right))
        case .cosine: sum / (Double(left) * Double(right)).squareRoot()
        case .commonNeighbours, .adamicAdar: sum
        }
    }
}
