internal import StorageKit

/// What `GraphLookup` asks, of one state: shared by stores, snapshots and transactions.
extension GraphState {
    func nodes(
        labelled label: GraphLabel, where key: PropertyKey, isOneOf values: [GraphValue],
        _ limits: GraphLimits
    ) throws(StorageError) -> [GraphNode] {
        try limits.check(batchOf: values.count)
        guard !values.isEmpty else { return [] }
        guard let index = index(label, key, .hash) ?? index(label, key, .ordered) else {
            throw .missingGraphIndex(GraphIndex(label, key))
        }
        // Two values may be the same to the graph, as 1 and 1.0.
        var seen: Set<NodeID> = []
        var nodes: [GraphNode] = []
        for value in values {
            for node in index.nodes(equalTo: value) where seen.insert(node.id).inserted {
                nodes.append(entity(node))
            }
        }
        return nodes
    }

    func nodes(
        labelled label: GraphLabel, orderedBy key: PropertyKey, after value: GraphValue?,
        limit: Int, _ limits: GraphLimits
    ) throws(StorageError) -> [GraphNode] {
        try limits.check(page: limit)
        guard let index = index(label, key, .ordered) else {
            throw .missingGraphIndex(GraphIndex(label, key, kind: .ordered))
        }
        return index.entries(after: value).prefix(limit).map { entity($0.node) }
    }

    private func index(
        _ label: GraphLabel, _ key: PropertyKey, _ kind: GraphIndex.Kind
    ) -> PropertyIndex? {
        guard let label = labels.symbol(of: label), let key = keys.symbol(of: key) else {
            return nil
        }
        return indexes.index(on: label, key, kind)
    }
}
