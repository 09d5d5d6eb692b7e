internal import StorageKit

/// What ``GraphReading`` asks, of one state: shared by stores, snapshots and transactions.
extension GraphState {
    func nodes(_ ids: [NodeID], _ limits: GraphLimits) throws(StorageError) -> [GraphNode?] {
        try limits.check(batchOf: ids.count)
        return ids.map { id in node(id).map(entity) }
    }

    func relationships(
        _ ids: [RelationshipID], _ limits: GraphLimits
    ) throws(StorageError) -> [GraphRelationship?] {
        try limits.check(batchOf: ids.count)
        return ids.map { id in RelationshipIndex(id).flatMap(entity) }
    }

    func page(
        labelled label: GraphLabel?, after id: NodeID?, limit: Int, _ limits: GraphLimits
    ) throws(StorageError) -> [GraphNode] {
        try limits.check(page: limit)
        guard let first = place(after: id) else { return [] }
        guard let label else { return nodes(from: first).prefix(limit).map(entity) }
        guard let symbol = labels.symbol(of: label) else { return [] }
        return nodes(labelled: symbol, from: first).prefix(limit).map(entity)
    }

    private func place(after id: NodeID?) -> NodeIndex? {
        guard let id else { return NodeIndex(0) }
        return id.rawValue < .max ? NodeIndex(NodeID(id.rawValue + 1)) : nil
    }

    func neighbours(
        of id: NodeID, _ expansion: GraphExpansion, limit: Int, _ limits: GraphLimits
    ) throws(StorageError) -> [GraphNeighbour] {
        try limits.check(page: limit)
        guard let node = node(id) else { return [] }
        var neighbours: [GraphNeighbour] = []
        for adjacent in adjacent(to: node, expansion.direction, types: symbols(of: expansion)) {
            neighbours.append(adjacent.neighbour)
            if neighbours.count == limit { break }
        }
        return neighbours
    }

    func degree(of id: NodeID, _ expansion: GraphExpansion) -> Int {
        guard let node = node(id) else { return 0 }
        return degree(of: node, expansion.direction, types: symbols(of: expansion))
    }

    func nodeCount(labelled label: GraphLabel?) -> Int {
        guard let label else { return nodeCount }
        return labels.symbol(of: label).map { count(of: $0) } ?? 0
    }

    func relationshipCount(type: RelationshipType?) -> Int {
        guard let type else { return relationshipCount }
        return types.symbol(of: type).map { count(of: $0) } ?? 0
    }
}
