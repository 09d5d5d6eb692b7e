public import StorageKit

extension GraphProjection {
    /// The nodes in an order in which every relationship leads forward.
    ///
    /// Of the nodes that may come next it is the one with the lowest id, so that the order is the
    /// same each time.
    ///
    /// A. B. Kahn, *Topological Sorting of Large Networks*, Communications of the ACM 5, 1962:
    /// O((nodes + edges) · log(nodes)).
    ///
    /// - Throws: ``StorageError/Code/invalidState`` when there is a cycle, and so no such order,
    ///   with the nodes of one in the message (``cycle()`` has them as values);
    ///   ``StorageError/Code/invalidArgument`` for an undirected projection;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func topologicalOrder() async throws(StorageError) -> [NodeID] {
        try requireDirected(for: "topologicalOrder")
        var pace = AlgorithmPace("topologicalOrder", total: nodeCount)
        let order = try await sortedNodes(&pace)
        guard order.count == nodeCount else { throw .cyclic(cycle(behind: order)) }
        return order.map { nodes.id(of: NodeIndex($0)) }
    }

    /// The nodes of a cycle in their order, or `nil` when there is none.
    ///
    /// Which of several it is is not promised. O((nodes + edges) · log(nodes)).
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for an undirected projection;
    ///   ``StorageError/Code/cancelled``.
    @concurrent
    public func cycle() async throws(StorageError) -> [NodeID]? {
        try requireDirected(for: "cycle")
        var pace = AlgorithmPace("cycle", total: nodeCount)
        let order = try await sortedNodes(&pace)
        return order.count == nodeCount ? nil : cycle(behind: order)
    }

    private func requireDirected(for operation: String) throws(StorageError) {
        guard orientation == .directed else {
            throw StorageError(
                code: .invalidArgument, message: "an undirected projection has no such order",
                operation: operation)
        }
    }

    /// The nodes that can be put in order: all, unless there is a cycle.
    private func sortedNodes(_ pace: inout AlgorithmPace) async throws(StorageError) -> [UInt32] {
        var waiting = (0..<nodeCount).map { UInt32(incoming.degree(NodeIndex(UInt32($0)))) }
        // A node's number as its distance: the lowest comes first.
        var ready = DistanceHeap()
        for (node, count) in waiting.enumerated() where count == 0 {
            ready.push(UInt32(node), at: Double(node))
        }
        var order: [UInt32] = []
        while let entry = ready.pop() {
            order.append(entry.node)
            let row = outgoing.row(NodeIndex(entry.node))
            try pace.spend(1 + row.count)
            for neighbour in outgoing.neighbours[row].lazy.map(\.rawValue) {
                waiting[Int(neighbour)] -= 1
                if waiting[Int(neighbour)] == 0 { ready.push(neighbour, at: Double(neighbour)) }
            }
            if pace.isTurnDue { try await pace.turn(done: order.count) }
        }
        return order
    }

    /// A cycle among the nodes that could not be put in order.
    ///
    /// Each of them has another one before it, so that going back must come to a node again.
    private func cycle(behind order: [UInt32]) -> [NodeID] {
        var isLeft = [Bool](repeating: true, count: nodeCount)
        for node in order { isLeft[Int(node)] = false }
        guard var node = isLeft.firstIndex(of: true) else { return [] }
        var steps: [Int] = []
        var placeOfNode: [Int: Int] = [:]
        while placeOfNode[node] == nil {
            placeOfNode[node] = steps.count
            steps.append(node)
            let before = incoming.neighbours[incoming.row(NodeIndex(UInt32(node)))]
            guard let next = before.first(where: { isLeft[Int($0.rawValue)] }) else { return [] }
            node = Int(next.rawValue)
        }
        return steps[(placeOfNode[node] ?? 0)...].reversed().map {
            nodes.id(of: NodeIndex(UInt32($0)))
        }
    }
}

extension StorageError {
    fileprivate static func cyclic(_ nodes: [NodeID]) -> StorageError {
        let shown = nodes.prefix(10).map(\.description).joined(separator: ", ")
        return StorageError(
            code: .invalidState,
            message: "the relationships lead in a circle, through the nodes \(shown)"
                + (nodes.count > 10 ? " and \(nodes.count - 10) more" : ""),
            operation: "topologicalOrder")
    }
}
