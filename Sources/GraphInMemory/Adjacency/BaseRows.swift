/// The rows of one type in one direction, built at some moment; they never change.
///
/// ```
///   dense    offsets: one for each node, and one                     types that many nodes have
///   sparse   nodes 3 17 90 …    ascending, and a row for each         types that few nodes have
/// ```
///
/// Finding a row is O(1) if dense, O(log rows) if sparse.
struct BaseRows: Sendable {
    /// The rows; row `i` is that of node `i`, or of `nodes[i]` if sparse.
    let rows: CompressedRows
    /// The nodes that have a row if sparse; `nil` if dense.
    let nodes: [NodeIndex]?

    static let empty = BaseRows(
        rows: CompressedRows(offsets: [0], neighbours: [], relationships: []), nodes: nil)

    /// Rows are sparse where fewer than one node in this many has one.
    static let sparseness = 16

    /// Where the entries of a node are.
    @inline(__always)
    func row(_ node: NodeIndex) -> Range<Int> {
        guard let nodes else {
            return node.place < rows.nodeCount ? rows.row(node) : 0..<0
        }
        let place = nodes.lowerBound(of: node)
        return place < nodes.count && nodes[place] == node
            ? rows.row(NodeIndex(UInt32(truncatingIfNeeded: place))) : 0..<0
    }

    /// Looks at all rows that are not empty, in the order of their nodes.
    @inline(__always)
    func forEachRow(_ body: (_ node: NodeIndex, _ entries: Range<Int>) -> Void) {
        for row in 0..<rows.nodeCount {
            let place = NodeIndex(UInt32(truncatingIfNeeded: row))
            let entries = rows.row(place)
            if !entries.isEmpty { body(nodes?[row] ?? place, entries) }
        }
    }

    var byteCount: Int {
        rows.offsets.count * 4 + rows.count * 8 + (nodes?.count ?? 0) * 4
            + 4 * Allocation.arrayBytes
    }
}

extension Array where Element: Comparable {
    /// The first place of an ascending array whose element is not below another one.
    @inline(__always)
    fileprivate func lowerBound(of element: Element) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
