public import StorageKit

/// What an algorithm found out about each node of a projection.
///
/// ```swift
/// let ranks = try await follows.pageRank()
/// let mine = ranks[me]
/// ```
public struct NodeValues<Value: Sendable>: Sendable {
    /// The values in the order of the projection's nodes.
    public let values: [Value]
    let nodes: ProjectedNodes

    init(_ values: [Value], of nodes: ProjectedNodes) {
        precondition(values.count == nodes.count)
        self.values = values
        self.nodes = nodes
    }

    /// The value of a node; `nil` for one that is not in the projection.
    public subscript(id: NodeID) -> Value? {
        nodes.index(of: id).map { values[Int($0.rawValue)] }
    }
}

extension NodeValues: Sequence {
    /// Each node with its value, in the order of the ids.
    public func makeIterator() -> some IteratorProtocol<(node: NodeID, value: Value)> {
        values.indices.lazy.map { (nodes.id(of: NodeIndex(UInt32($0))), values[$0]) }.makeIterator()
    }
}

extension NodeValues where Value: Comparable {
    /// The nodes with the largest values, the largest first, of equal ones those with lower ids.
    ///
    /// O(n log n).
    public func top(_ count: Int) -> [(node: NodeID, value: Value)] {
        Array(sorted { ($1.value, $0.node) < ($0.value, $1.node) }.prefix(count))
    }
}
