public import StorageKit

extension GraphProjection {
    /// The way from a node to another one that weighs least; `nil` when there is none.
    ///
    /// Relationships are followed in their direction, both ways in an undirected projection;
    /// without weights each weighs 1. Of several shortest ways it is any, and the same one each
    /// time. The way from a node to itself has length 0.
    ///
    /// O((nodes + edges) · log(edges)) at worst, in either method; 16 bytes of memory for each
    /// node, twice that from both ends. Progress counts the nodes that were taken.
    ///
    /// - Throws: ``StorageError/Code/notFound`` for a node that is not in the projection,
    ///   ``StorageError/Code/invalidArgument`` for a projection with a weight that is negative or
    ///   not a number; ``StorageError/Code/cancelled``.
    @concurrent
    public func shortestRoute(
        from source: NodeID, to target: NodeID, by method: RouteMethod = .bidirectional,
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil
    ) async throws(StorageError) -> GraphRoute? {
        let start = try place(of: source, for: "shortestRoute")
        let goal = try place(of: target, for: "shortestRoute")
        try requireUsableWeights(for: "shortestRoute")
        var pace = AlgorithmPace("shortestRoute", progress: progress)
        return switch method {
        case .dijkstra: try await routeFromStart(start, to: goal, guess: nil, &pace)
        case .bidirectional: try await routeFromBothEnds(start, to: goal, &pace)
        }
    }

    /// The way from a node to another one that weighs least, searched towards the goal: A*.
    ///
    /// ```swift
    /// let route = try await flights.shortestRoute(from: berlin, to: auckland) { airport in
    ///     greatCircleKilometres(from: airport, to: auckland)
    /// }
    /// ```
    ///
    /// The search asks first where the way so far and the guess are least together, and so leaves
    /// out what lies in the wrong direction (P. E. Hart, N. J. Nilsson, B. Raphael, *A Formal Basis
    /// for the Heuristic Determination of Minimum Cost Paths*, 1968). Everything else is as without
    /// a guess. A guess that is not consistent has nodes taken more than once, at worst
    /// exponentially often.
    ///
    /// - Parameters:
    ///   - source: Where the way begins.
    ///   - target: Where it ends.
    ///   - progress: Told how many nodes were taken.
    ///   - guess: How much the rest of the way weighs at least, asked once for each node that is
    ///     reached. If it is ever more than the rest really weighs, the way may not be the
    ///     shortest. A negative number is taken for 0.
    /// - Throws: What the search without a guess throws.
    @concurrent
    public func shortestRoute(
        from source: NodeID, to target: NodeID,
        progress: (@Sendable (AlgorithmProgress) -> Void)? = nil,
        guess: @escaping @Sendable (NodeID) -> Double
    ) async throws(StorageError) -> GraphRoute? {
        let start = try place(of: source, for: "shortestRoute")
        let goal = try place(of: target, for: "shortestRoute")
        try requireUsableWeights(for: "shortestRoute")
        var pace = AlgorithmPace("shortestRoute", progress: progress)
        let nodes = nodes
        return try await routeFromStart(
            start, to: goal,
            guess: { $0 == goal ? 0 : guess(nodes.id(of: NodeIndex(UInt32($0)))) }, &pace)
    }

    private func routeFromStart(
        _ start: Int, to goal: Int, guess: ((Int) -> Double)?, _ pace: inout AlgorithmPace
    ) async throws(StorageError) -> GraphRoute? {
        var tree = RouteTree(outgoing, weights: weights, from: start, guess: guess)
        var taken = 0
        while let node = try tree.advance(&pace) {
            if node == goal { return route(routePlaces(tree.way(to: goal))) }
            taken += 1
            if pace.isTurnDue { try await pace.turn(done: taken) }
        }
        return nil
    }

    /// Takes nodes from both ends in turns; once the two nearest that are left are together no
    /// nearer than the best meeting, no better one is to come.
    private func routeFromBothEnds(
        _ start: Int, to goal: Int, _ pace: inout AlgorithmPace
    ) async throws(StorageError) -> GraphRoute? {
        var ahead = RouteTree(outgoing, weights: weights, from: start)
        var back = RouteTree(incoming, weights: incomingWeights, from: goal)
        var (meeting, best) = (start, start == goal ? 0 : Double.infinity)
        var taken = 0
        while let near = ahead.nearest(), let far = back.nearest(), near + far < best {
            if near <= far {
                _ = try ahead.advance(
                    &pace,
                    reached: { node, distance in
                        let whole = distance + back.distance(to: node)
                        if whole < best { (meeting, best) = (node, whole) }
                    })
            } else {
                _ = try back.advance(
                    &pace,
                    reached: { node, distance in
                        let whole = distance + ahead.distance(to: node)
                        if whole < best { (meeting, best) = (node, whole) }
                    })
            }
            taken += 1
            if pace.isTurnDue { try await pace.turn(done: taken) }
        }
        guard best < .infinity else { return nil }
        return joined(ahead.way(to: meeting), back.way(to: meeting), weight: best)
    }

    /// One way of two that meet; the second one is that of the incoming rows, from the goal.
    private func joined(
        _ first: (nodes: [Int], entries: [Int]), _ second: (nodes: [Int], entries: [Int]),
        weight: Double
    ) -> GraphRoute {
        let places = first.nodes + second.nodes.reversed().dropFirst()
        let relationships =
            first.entries.map { outgoing.relationships[$0] }
            + second.entries.reversed().map { incoming.relationships[$0] }
        return GraphRoute(
            nodes: places.map { nodes.id(of: NodeIndex(UInt32($0))) },
            relationships: relationships.map(\.id), weight: weight
        ).withoutCircles()
    }

    /// The way by its entries in the outgoing rows.
    func routePlaces(_ way: (nodes: [Int], entries: [Int])) -> RoutePlaces {
        RoutePlaces(
            nodes: way.nodes, entries: way.entries,
            weight: way.entries.reduce(0) { $0 + weight(ofEntry: $1) })
    }
}

extension GraphRoute {
    /// The same without what lies between two visits of a node: relationships that weigh nothing,
    /// since two halves of a shortest way met there.
    fileprivate func withoutCircles() -> GraphRoute {
        guard Set(self.nodes).count < self.nodes.count else { return self }
        var nodes: [NodeID] = []
        var relationships: [RelationshipID] = []
        for (place, node) in self.nodes.enumerated() {
            if let earlier = nodes.firstIndex(of: node) {
                nodes.removeSubrange(earlier...)
                relationships.removeSubrange(earlier...)
            } else if place > 0 {
                relationships.append(self.relationships[place - 1])
            }
            nodes.append(node)
        }
        return GraphRoute(nodes: nodes, relationships: relationships, weight: weight)
    }
}
