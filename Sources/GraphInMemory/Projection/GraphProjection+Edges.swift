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
    ///   for other than one weight an edge; ``StorageError/Code/limitExceeded`` beyond 2³² - 2
    ///   nodes or entries.
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
        let isUndirected = orientation == .undirected
        let rows = PackedRows(
            nodeCount: nodes.count, from: sources, to: targets, isUndirected: isUndirected
        ).transposed()
        let outgoing = rows.compressed(relationships)
        let aligned = weights.map(rows.values)
        let reverse = isUndirected ? nil : rows.transposed()
        self.init(
            orientation: orientation, nodes: nodes, outgoing: outgoing,
            incoming: reverse?.compressed(relationships) ?? outgoing, weights: aligned,
            incomingWeights: reverse.map { reverse in weights.map(reverse.values) } ?? aligned,
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
