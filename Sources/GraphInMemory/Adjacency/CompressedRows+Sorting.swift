extension CompressedRows {
    /// Sorts edges into rows: a counting sort by the row's node, and each row by its neighbours.
    ///
    /// O(nodes + edges), and O(d log d) for each row of d entries that is not sorted yet.
    ///
    /// - Parameters:
    ///   - nodeCount: How many rows there are; all nodes are below it.
    ///   - rows: The node in whose row each edge is.
    ///   - neighbours: The node at its other end.
    ///   - relationships: The relationship that it is.
    init(
        nodeCount: Int, rows: [NodeIndex], neighbours: [NodeIndex],
        relationships: [RelationshipIndex]
    ) {
        precondition(rows.count == neighbours.count && rows.count == relationships.count)
        var starts = [UInt32](repeating: 0, count: nodeCount + 1)
        for row in rows { starts[Int(row.rawValue) + 1] += 1 }
        for place in 0..<nodeCount { starts[place + 1] += starts[place] }
        var next = starts
        var entries = [Adjacent](
            repeating: Adjacent(node: NodeIndex(0), relationship: RelationshipIndex(0)),
            count: rows.count)
        for (place, row) in rows.enumerated() {
            entries[Int(next[Int(row.rawValue)])] = Adjacent(
                node: neighbours[place], relationship: relationships[place])
            next[Int(row.rawValue)] += 1
        }
        for node in 0..<nodeCount {
            entries[Int(starts[node])..<Int(starts[node + 1])].sort {
                ($0.node, $0.relationship) < ($1.node, $1.relationship)
            }
        }
        self.init(
            offsets: starts, neighbours: entries.map(\.node),
            relationships: entries.map(\.relationship))
    }
}
