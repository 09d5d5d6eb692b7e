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
        // A scatter by target in any order, and two transpositions: each walks its rows in order,
        // so that the other's rows come out ascending without being sorted.
        let unsorted = CompressedRows(
            scattering: edges.sources, edges.relationships, to: edges.targets, nodeCount: nodeCount)
        let outgoing = unsorted.transposed(nodeCount: nodeCount)
        let incoming = outgoing.transposed(nodeCount: nodeCount)
        return (
            BaseRows(rows: outgoing, nodes: nil), BaseRows(rows: incoming, nodes: nil)
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

extension CompressedRows {
    /// Puts edges into the rows of one of their ends, in the order in which they come.
    init(
        scattering neighbours: [NodeIndex], _ relationships: [RelationshipIndex],
        to rows: [NodeIndex], nodeCount: Int
    ) {
        let starts = Self.starts(of: rows, nodeCount: nodeCount)
        self.init(starts: starts, count: rows.count) { next, newNeighbours, newRelationships in
            rows.withUnsafeBufferPointer { rows in
                for edge in rows.indices {
                    let row = rows[edge].place
                    let place = Int(next[row])
                    next[row] &+= 1
                    newNeighbours[place] = neighbours[edge]
                    newRelationships[place] = relationships[edge]
                }
            }
        }
    }

    /// The same edges in the rows of their other ends, whose neighbours come out ascending.
    func transposed(nodeCount: Int) -> CompressedRows {
        let starts = Self.starts(of: neighbours, nodeCount: nodeCount)
        return CompressedRows(starts: starts, count: count) {
            next, newNeighbours, newRelationships in
            neighbours.withUnsafeBufferPointer { neighbours in
                for row in 0..<self.nodeCount {
                    let node = NodeIndex(UInt32(truncatingIfNeeded: row))
                    for entry in self.row(node) {
                        let other = neighbours[entry].place
                        let place = Int(next[other])
                        next[other] &+= 1
                        newNeighbours[place] = node
                        newRelationships[place] = relationships[entry]
                    }
                }
            }
        }
    }

    /// Where each row begins, one more for the end.
    ///
    /// All nodes are below the count.
    private static func starts(of rows: [NodeIndex], nodeCount: Int) -> [UInt32] {
        var starts = [UInt32](repeating: 0, count: nodeCount + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            for row in rows { starts[row.place + 1] &+= 1 }
            for row in 0..<nodeCount { starts[row + 1] &+= starts[row] }
        }
        return starts
    }

    private init(
        starts: [UInt32], count: Int,
        _ fill: (
            _ next: UnsafeMutableBufferPointer<UInt32>,
            _ neighbours: UnsafeMutablePointer<NodeIndex>,
            _ relationships: UnsafeMutablePointer<RelationshipIndex>
        ) -> Void
    ) {
        var next = starts
        var relationships: [RelationshipIndex] = []
        let neighbours = [NodeIndex](unsafeUninitializedCapacity: count) { neighbours, used in
            relationships = [RelationshipIndex](unsafeUninitializedCapacity: count) {
                places, used in
                next.withUnsafeMutableBufferPointer { next in
                    guard let neighbours = neighbours.baseAddress, let places = places.baseAddress
                    else { return }
                    fill(next, neighbours, places)
                }
                used = count
            }
            used = count
        }
        self.init(offsets: starts, neighbours: neighbours, relationships: relationships)
    }
}
