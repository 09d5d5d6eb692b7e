/// Sums for the nodes near a given one: an array where many are near, else a dictionary.
///
/// An array costs a write for each node of the projection before the first sum, and then a tenth of
/// what a dictionary costs for each.
struct NeighbourTally: ~Copyable {
    /// A sum for each node, 0 for those that are not near; empty where few are.
    private let sums: WorkBuffer<Double>
    /// The nodes that are near.
    private var nodes: [Int] = []
    private var few: [Int: Double] = [:]

    /// - Parameters:
    ///   - nodeCount: How many nodes there are.
    ///   - additions: How many times something will be added, about.
    init(nodeCount: Int, additions: Int) {
        sums = WorkBuffer(repeating: 0, count: additions > nodeCount / 16 ? nodeCount : 0)
    }

    /// Adds something above 0 to the sum of a node.
    @inline(__always)
    mutating func add(_ worth: Double, to node: Int) {
        guard sums.count > 0 else {
            few[node, default: 0] += worth
            return
        }
        if sums[node] == 0 { nodes.append(node) }
        sums[node] += worth
    }

    /// The nodes to which something was added, in no order, with their sums.
    func entries() -> [(node: Int, sum: Double)] {
        sums.count > 0
            ? nodes.map { ($0, sums[$0]) } : few.map { (node: $0.key, sum: $0.value) }
    }
}
