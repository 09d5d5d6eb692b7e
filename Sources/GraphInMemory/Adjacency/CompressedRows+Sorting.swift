extension CompressedRows {
    /// Sorts edges into rows, each row by its neighbours, and parallel edges as they are given.
    ///
    /// O(nodes + edges).
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
        precondition(rows.count == relationships.count)
        self = PackedRows(nodeCount: nodeCount, from: rows, to: neighbours)
            .transposed().compressed(relationships)
    }
}
