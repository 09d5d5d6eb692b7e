internal import StorageKit

extension GraphState {
    /// Carries a change out.
    ///
    /// The caller has made sure that nodes, relationships and symbols are there, and that there is
    /// room (``checkRoom(nodes:relationships:)``); only a unique index refuses a change.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation``; this copy is not to be used then.
    mutating func apply(_ change: GraphChange) throws(StorageError) {
        switch change {
        case .defineLabel(let label): labels.define(label)
        case .defineType(let type): types.define(type)
        case .defineKey(let key): keys.define(key)
        case .createNode(let node, let labels): create(node, labels)
        case .addLabel(let node, let label): try add(label, to: node)
        case .removeLabel(let node, let label): remove(label, from: node)
        case .setNodeProperty(let node, let key, let value): try set(key, of: node, to: value)
        case .deleteNode(let node): delete(node)
        case .createRelationship(let relationship, let ends): create(relationship, ends)
        case .setRelationshipProperty(let relationship, let key, let value):
            guard contains(relationship) else { return }
            relationshipProperties.set(key, relationship.place, value)
        case .deleteRelationship(let relationship): delete(relationship)
        case .createIndex(let index): try create(index)
        case .dropIndex(let index): indexes.drop(index)
        }
    }

    /// Whether so many more can be made.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` beyond 2³² - 2 nodes or relationships ever.
    func checkRoom(nodes: Int = 0, relationships: Int = 0) throws(StorageError) {
        let limit = Int(UInt32.max) - 1
        guard nodes <= limit - nodeEnd, relationships <= limit - relationshipEnd else {
            throw StorageError(
                code: .limitExceeded,
                message: "a graph has at most 2^32 - 2 nodes and as many relationships, "
                    + "deleted ones included")
        }
    }

    // MARK: Nodes

    private mutating func create(_ node: NodeIndex, _ labels: [LabelSymbol]) {
        precondition(node == nextNode)
        nodeTable.create(node, labels: labels)
        nodeEnd += 1
        nodeCount += 1
    }

    private mutating func add(_ label: LabelSymbol, to node: NodeIndex) throws(StorageError) {
        guard !has(label, node), contains(node) else { return }
        try indexes.insert(node, label: label, properties: properties(of: node))
        nodeTable.add(label, to: node)
    }

    private mutating func remove(_ label: LabelSymbol, from node: NodeIndex) {
        guard has(label, node) else { return }
        indexes.remove(node, label: label, properties: properties(of: node))
        nodeTable.remove(label, from: node)
    }

    private mutating func set(
        _ key: KeySymbol, of node: NodeIndex, to value: GraphValue?
    ) throws(StorageError) {
        guard contains(node) else { return }
        try indexes.change(
            node, labels: labels(of: node), key: key, from: property(key, of: node), to: value)
        nodeProperties.set(key, node.place, value)
    }

    private mutating func delete(_ node: NodeIndex) {
        guard contains(node) else { return }
        for label in labels(of: node) {
            indexes.remove(node, label: label, properties: properties(of: node))
        }
        nodeTable.delete(node)
        nodeProperties.removeAll(of: node.place)
        nodeCount -= 1
    }

    // MARK: Relationships

    private mutating func create(_ relationship: RelationshipIndex, _ ends: RelationshipEnds) {
        precondition(relationship == nextRelationship)
        precondition(contains(ends.source) && contains(ends.target))
        relationshipTable.create(relationship, ends)
        adjacency.insert(relationship, ends)
        relationshipEnd += 1
        relationshipCount += 1
    }

    private mutating func delete(_ relationship: RelationshipIndex) {
        guard let ends = relationshipTable.delete(relationship) else { return }
        adjacency.remove(ends)
        relationshipProperties.removeAll(of: relationship.place)
        relationshipCount -= 1
    }

    // MARK: Indexes

    private mutating func create(_ index: GraphIndex) throws(StorageError) {
        let label = labels.define(index.label)
        let key = keys.define(index.key)
        var entries: [(NodeIndex, GraphValue)] = []
        for node in nodes(labelled: label) {
            if let value = property(key, of: node) { entries.append((node, value)) }
        }
        try indexes.create(index, label: label, key: key, entries: entries)
    }
}
