/// Relationships of one type, column by column: what rows are built of.
///
/// Those that lead from the same node to the same other one are in ascending order.
struct EdgeList: Sendable {
    var sources: [NodeIndex] = []
    var targets: [NodeIndex] = []
    var relationships: [RelationshipIndex] = []

    var count: Int { sources.count }

    mutating func reserveCapacity(_ capacity: Int) {
        sources.reserveCapacity(capacity)
        targets.reserveCapacity(capacity)
        relationships.reserveCapacity(capacity)
    }

    mutating func append(
        _ source: NodeIndex, _ target: NodeIndex, _ relationship: RelationshipIndex
    ) {
        sources.append(source)
        targets.append(target)
        relationships.append(relationship)
    }
}

extension BaseRows {
    /// Builds the rows of both directions.
    ///
    /// O(nodes + edges) for many edges, O(edges · log edges) for few.
    static func build(
        _ edges: EdgeList, nodeCount: Int
    ) -> (outgoing: BaseRows, incoming: BaseRows) {
        guard edges.count > 0 else { return (.empty, .empty) }
        guard edges.count >= nodeCount / sparseness else {
            return (
                sparse(edges.sources, edges.targets, edges.relationships),
                sparse(edges.targets, edges.sources, edges.relationships)
            )
        }
        let incoming = PackedRows(
            nodeCount: nodeCount, from: edges.sources, to: edges.targets)
        let outgoing = incoming.transposed()
        return (
            BaseRows(rows: outgoing.compressed(edges.relationships), nodes: nil),
            BaseRows(rows: outgoing.transposed().compressed(edges.relationships), nodes: nil)
        )
    }

    private static func sparse(
        _ rows: [NodeIndex], _ neighbours: [NodeIndex], _ relationships: [RelationshipIndex]
    ) -> BaseRows {
        let order = rows.indices.sorted {
            (rows[$0], neighbours[$0], relationships[$0])
                < (rows[$1], neighbours[$1], relationships[$1])
        }
        var nodes: [NodeIndex] = []
        var offsets: [UInt32] = []
        for (place, edge) in order.enumerated() where nodes.last != rows[edge] {
            nodes.append(rows[edge])
            offsets.append(UInt32(truncatingIfNeeded: place))
        }
        offsets.append(UInt32(truncatingIfNeeded: order.count))
        return BaseRows(
            rows: CompressedRows(
                offsets: offsets, neighbours: order.map { neighbours[$0] },
                relationships: order.map { relationships[$0] }),
            nodes: nodes)
    }
}
