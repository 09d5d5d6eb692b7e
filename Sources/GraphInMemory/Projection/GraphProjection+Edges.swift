public import StorageKit

extension GraphProjection {
    /// A projection of edges that are in no store: for measuring, and for graphs that are only to
    /// be computed with.
    ///
    /// Node `i` has the id `i`, edge `j` the relationship id `j`. O(nodes + edges).
    ///
    /// - Parameters:
    ///   - nodeCount: How many nodes there are.
    ///   - edges: The two nodes of each edge.
    ///   - weights: What each edge weighs, in step with the edges; `nil` where each weighs 1.
    ///   - orientation: How the edges are taken.
    /// - Throws: ``StorageError/Code/invalidArgument`` for an edge to a node that is not there, and
    ///   for other than one weight an edge; ``StorageError/Code/limitExceeded`` beyond 2³² - 2 nodes
    ///   or entries.
    public init(
        nodeCount: Int, edges: [(source: Int, target: Int)], weights: [Double]? = nil,
        orientation: Orientation = .directed
    ) throws(StorageError) {
        try Self.check(nodeCount: nodeCount, edges: edges, weights: weights)
        self.init(
            nodes: ProjectedNodes(all: nodeCount),
            sources: edges.map { NodeIndex(UInt32($0.source)) },
            targets: edges.map { NodeIndex(UInt32($0.target)) },
            relationships: edges.indices.map { RelationshipIndex(UInt32($0)) },
            weights: weights, orientation: orientation)
    }

    /// A projection of edges between its own nodes, checked by the caller.
    init(
        nodes: ProjectedNodes, sources: [NodeIndex], targets: [NodeIndex],
        relationships: [RelationshipIndex], weights: [Double]?, orientation: Orientation
    ) {
        var (rows, neighbours, edges) = (sources, targets, relationships)
        if orientation == .undirected {
            for (place, source) in sources.enumerated() where source != targets[place] {
                rows.append(targets[place])
                neighbours.append(source)
                edges.append(relationships[place])
            }
        }
        let outgoing = CompressedRows(
            nodeCount: nodes.count, rows: rows, neighbours: neighbours, relationships: edges)
        let incoming =
            orientation == .undirected
            ? outgoing
            : CompressedRows(
                nodeCount: nodes.count, rows: targets, neighbours: sources,
                relationships: relationships)
        let weightOfRelationship = weights.map {
            [RelationshipIndex: Double](uniqueKeysWithValues: zip(relationships, $0))
        }
        self.init(
            orientation: orientation, nodes: nodes, outgoing: outgoing, incoming: incoming,
            weights: weightOfRelationship.map { weight in
                outgoing.relationships.map { weight[$0] ?? 1 }
            },
            relationshipCount: sources.count)
    }

    private static func check(
        nodeCount: Int, edges: [(source: Int, target: Int)], weights: [Double]?
    ) throws(StorageError) {
        guard nodeCount < Int(UInt32.max), edges.count < Int(UInt32.max) / 2 else {
            throw StorageError(
                code: .limitExceeded, message: "a projection has at most 2^32 nodes and entries")
        }
        let nodes = 0..<nodeCount
        guard edges.allSatisfy({ nodes.contains($0.source) && nodes.contains($0.target) }) else {
            throw StorageError(
                code: .invalidArgument, message: "an edge leads to a node that is not there")
        }
        guard weights == nil || weights?.count == edges.count else {
            throw StorageError(
                code: .invalidArgument, message: "there are not as many weights as edges")
        }
    }
}
