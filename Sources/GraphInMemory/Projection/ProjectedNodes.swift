internal import StorageKit

/// Which node of the graph each node of a projection is.
///
/// A projection's nodes are numbered without gaps, for rows and results to be arrays. Where the
/// graph itself has no gaps and all its nodes are wanted, the numbers are the same.
struct ProjectedNodes: Sendable {
    /// The nodes of the graph in ascending order; `nil` where the numbers are the same.
    private let indices: [NodeIndex]?
    /// How many there are.
    let count: Int

    /// Nodes whose numbers are those of the graph.
    init(all count: Int) {
        indices = nil
        self.count = count
    }

    /// Some nodes of the graph, in ascending order.
    init(_ indices: [NodeIndex]) {
        self.indices = indices
        count = indices.count
    }

    /// The id of a node of the projection.
    func id(of node: NodeIndex) -> NodeID {
        guard let indices else { return node.id }
        return indices[Int(node.rawValue)].id
    }

    /// The node of the projection with an id; `nil` if it is not in it.
    ///
    /// O(log n), O(1) where the numbers are the same.
    func index(of id: NodeID) -> NodeIndex? {
        guard let node = NodeIndex(id) else { return nil }
        guard let indices else { return Int(node.rawValue) < count ? node : nil }
        var range = 0..<indices.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if indices[middle] < node {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        let place = range.lowerBound
        guard place < indices.count, indices[place] == node else { return nil }
        return NodeIndex(UInt32(place))
    }
}
