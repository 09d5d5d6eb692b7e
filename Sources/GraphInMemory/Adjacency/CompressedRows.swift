/// Adjacency that does not change, as compressed sparse rows: who is next to whom, node by node.
///
/// ```
///   offsets        0     2  2        5            one more than there are nodes
///                  │     │  │        │
///   neighbours     1  2        0  2  2            4 bytes each, ascending in a row
///   relationships  0  3        1  4  5            4 bytes each, in step with the neighbours
/// ```
///
/// The row of node `i` is `offsets[i] ..< offsets[i + 1]`. A row costs no search, and walking it
/// reads memory in one direction.
struct CompressedRows: Sendable {
    /// Where each node's row begins, and at last where the last one ends.
    let offsets: [UInt32]
    /// The nodes at the other ends, row by row.
    let neighbours: [NodeIndex]
    /// The relationships that lead there.
    let relationships: [RelationshipIndex]

    /// How many nodes have a row, be it empty.
    var nodeCount: Int { offsets.count - 1 }

    /// How many entries all rows have.
    var count: Int { neighbours.count }

    /// Where the row of a node lies.
    func row(_ node: NodeIndex) -> Range<Int> {
        Int(offsets[Int(node.rawValue)])..<Int(offsets[Int(node.rawValue) + 1])
    }

    /// How long the row of a node is.
    func degree(_ node: NodeIndex) -> Int { row(node).count }
}
