internal import StorageKit

extension GraphState {
    /// The place of a node that is there.
    func node(_ id: NodeID) -> NodeIndex? {
        guard let node = NodeIndex(id), contains(node) else { return nil }
        return node
    }

    /// The place of a relationship that is there.
    func relationship(_ id: RelationshipID) -> RelationshipIndex? {
        guard let relationship = RelationshipIndex(id), contains(relationship) else { return nil }
        return relationship
    }

    /// A node that is there, with all that belongs to it.
    func entity(_ node: NodeIndex) -> GraphNode {
        GraphNode(
            id: node.id, labels: Set(labels(of: node).map { labels[$0] }),
            properties: named(properties(of: node)))
    }

    /// A relationship with all that belongs to it; `nil` if it is not there.
    func entity(_ relationship: RelationshipIndex) -> GraphRelationship? {
        guard let ends = ends(of: relationship) else { return nil }
        return GraphRelationship(
            id: relationship.id, from: ends.source.id, to: ends.target.id, type: types[ends.type],
            properties: named(properties(of: relationship)))
    }

    private func named(
        _ properties: [(key: KeySymbol, value: GraphValue)]
    ) -> [PropertyKey: GraphValue] {
        guard !properties.isEmpty else { return [:] }
        var named: [PropertyKey: GraphValue] = [:]
        named.reserveCapacity(properties.count)
        for (key, value) in properties { named[keys[key]] = value }
        return named
    }

    /// The symbols of an expansion's types; `nil` for all.
    ///
    /// A type that was never used has none.
    func symbols(of expansion: GraphExpansion) -> [TypeSymbol]? {
        guard !expansion.types.isEmpty else { return nil }
        return expansion.types.compactMap { types.symbol(of: $0) }
    }
}

extension Adjacent {
    /// The same in the ids of users.
    var neighbour: GraphNeighbour { GraphNeighbour(node: node.id, by: relationship.id) }
}
