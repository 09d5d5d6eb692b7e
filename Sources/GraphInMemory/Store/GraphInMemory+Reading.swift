public import StorageKit

extension GraphInMemory {
    /// The graph as it is now, to be read for as long as it is wanted.
    ///
    /// It takes no time and keeps nobody waiting, but holds the memory of its moment.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/invalidState`` when the store is closed.
    public func snapshot() throws(StorageError) -> GraphSnapshot {
        GraphSnapshot(try commits.published(), limits)
    }

    /// The snapshot for a call that reads.
    func reading() throws(StorageError) -> GraphState {
        guard !Task.isCancelled else { throw .cancelled() }
        return try commits.published().state
    }

    /// The nodes with these ids, each at the place of its id; `nil` where there is none.
    public func nodes(_ ids: [NodeID]) async throws(StorageError) -> [GraphNode?] {
        try reading().nodes(ids, limits)
    }

    /// The relationships with these ids, each at the place of its id; `nil` where there is none.
    public func relationships(
        _ ids: [RelationshipID]
    ) async throws(StorageError) -> [GraphRelationship?] {
        try reading().relationships(ids, limits)
    }

    /// The next nodes of a label in the order of their ids.
    public func nodes(
        labelled label: GraphLabel?, after id: NodeID?, limit: Int
    ) async throws(StorageError) -> [GraphNode] {
        try reading().page(labelled: label, after: id, limit: limit, limits)
    }

    /// Some of a node's neighbours: one for each relationship.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion, limit: Int
    ) async throws(StorageError) -> [GraphNeighbour] {
        try reading().neighbours(of: node, expansion, limit: limit, limits)
    }

    /// All of a node's neighbours, batch by batch, as they are when the first one is asked for.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion
    ) -> ResultSequence<GraphNeighbour> {
        ResultSequence { [commits] in
            NeighbourSource(of: node, expansion) { () throws(StorageError) in
                try commits.published().state
            }
        }
    }

    /// How many relationships of a node there are to go along.
    public func degree(
        of node: NodeID, _ expansion: GraphExpansion
    ) async throws(StorageError) -> Int {
        try reading().degree(of: node, expansion)
    }

    /// How many nodes have the label, or how many there are.
    public func nodeCount(labelled label: GraphLabel?) async throws(StorageError) -> Int {
        try reading().nodeCount(labelled: label)
    }

    /// How many relationships have the type, or how many there are.
    public func relationshipCount(type: RelationshipType?) async throws(StorageError) -> Int {
        try reading().relationshipCount(type: type)
    }
}
