internal import StorageKit

extension GraphDraft {
    mutating func createNodes(_ nodes: [GraphNodeDraft]) throws(StorageError) -> [NodeID] {
        try limits.check(batchOf: nodes.count)
        for node in nodes {
            try limits.check(node.labels)
            try limits.check(node.properties)
        }
        var ids: [NodeID] = []
        ids.reserveCapacity(nodes.count)
        for node in nodes { ids.append(try create(node)) }
        return ids
    }

    private mutating func create(_ draft: GraphNodeDraft) throws(StorageError) -> NodeID {
        var labels: [LabelSymbol] = []
        for label in draft.labels { labels.append(try symbol(of: label)) }
        labels.sort()
        let node = state.nextNode
        guard node.rawValue != .max else { throw .graphIsFull(of: "nodes") }
        try apply(.createNode(node, labels: labels))
        for (key, value) in draft.properties { try set(value, at: key, of: node) }
        return node.id
    }

    /// Labels that go, go first, and those that come, come last: so no unique index sees a value
    /// that the whole change would not leave in it.
    mutating func updateNode(
        _ id: NodeID, _ update: GraphNodeUpdate
    ) throws(StorageError) -> Bool {
        try limits.check(update.addedLabels)
        try limits.check(update.properties)
        guard let node = state.node(id) else { return false }
        for label in update.removedLabels.subtracting(update.addedLabels) {
            guard let label = state.labels.symbol(of: label), state.has(label, node) else {
                continue
            }
            try apply(.removeLabel(node, label))
        }
        let present = state.properties(of: node).map(\.key)
        for key in superfluous(present, update.properties) where update.replacesProperties {
            try apply(.setNodeProperty(node, key, nil))
        }
        for (key, value) in update.properties { try set(value, at: key, of: node) }
        for label in update.addedLabels {
            let label = try symbol(of: label)
            if !state.has(label, node) { try apply(.addLabel(node, label)) }
        }
        return true
    }

    mutating func deleteNode(_ id: NodeID, detaching: Bool) throws(StorageError) -> Bool {
        guard let node = state.node(id) else { return false }
        let relationships = state.adjacent(to: node, .either).map(\.relationship)
        guard detaching || relationships.isEmpty else {
            throw StorageError(
                code: .constraintViolation,
                message: "the node has relationships; delete them first, or detach it")
        }
        for relationship in relationships { try apply(.deleteRelationship(relationship)) }
        try apply(.deleteNode(node))
        return true
    }

    private mutating func set(
        _ value: GraphValue?, at key: PropertyKey, of node: NodeIndex
    ) throws(StorageError) {
        if value == nil {
            // A name that was never used is not defined for taking nothing away.
            guard let key = state.keys.symbol(of: key), state.property(key, of: node) != nil else {
                return
            }
            return try apply(.setNodeProperty(node, key, nil))
        }
        try apply(.setNodeProperty(node, symbol(of: key), value))
    }

    /// Which of the keys that are there an update does not name.
    func superfluous(
        _ present: [KeySymbol], _ named: [PropertyKey: GraphValue?]
    ) -> [KeySymbol] {
        present.filter { !named.keys.contains(state.keys[$0]) }
    }
}
