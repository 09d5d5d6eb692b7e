public import StorageKit

extension GraphProjection {
    /// The ids of its nodes, ascending.
    public var nodeIDs: some Sequence<NodeID> & Sendable {
        NodeIDs(nodes: nodes)
    }

    /// Whether a node of the graph is in the projection.
    public func contains(_ node: NodeID) -> Bool { nodes.index(of: node) != nil }

    /// The place of a node that an algorithm was given.
    ///
    /// - Throws: ``StorageError/Code/notFound`` for one that is not in the projection.
    func place(of node: NodeID, for operation: String) throws(StorageError) -> Int {
        guard let place = nodes.index(of: node) else {
            throw StorageError(
                code: .notFound, message: "node \(node) is not in the projection",
                operation: operation)
        }
        return Int(place.rawValue)
    }

    private struct NodeIDs: Sequence, IteratorProtocol, Sendable {
        let nodes: ProjectedNodes
        var place = 0

        mutating func next() -> NodeID? {
            guard place < nodes.count else { return nil }
            defer { place += 1 }
            return nodes.id(of: NodeIndex(UInt32(place)))
        }
    }
}
