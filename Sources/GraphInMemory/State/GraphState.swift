internal import StorageKit

/// A graph at one moment: a value, so that a copy is a snapshot.
///
/// A reader keeps a copy and reads it for as long as it likes; the writer changes a copy of its own
/// and publishes it. Copies share what has not changed since.
struct GraphState: Sendable {
    var labels = SymbolTable<GraphLabel>()
    var types = SymbolTable<RelationshipType>()
    var keys = SymbolTable<PropertyKey>()

    /// The place that the next node gets; places below it may be of nodes that were deleted.
    private(set) var nextNode = NodeIndex(0)
    private(set) var nextRelationship = RelationshipIndex(0)
    private(set) var nodeCount = 0
    private(set) var relationshipCount = 0

    var indexes = GraphIndexes()

    private var nodes: [NodeIndex: NodeRow] = [:]
    private var relationships: [RelationshipIndex: RelationshipRow] = [:]

    private struct NodeRow: Sendable {
        var labels: Set<LabelSymbol>
        var properties: [KeySymbol: GraphValue] = [:]
        var outgoing: [Adjacent] = []
        var incoming: [Adjacent] = []
    }

    private struct RelationshipRow: Sendable {
        let ends: RelationshipEnds
        var properties: [KeySymbol: GraphValue] = [:]
    }
}

// MARK: Reading

extension GraphState {
    func contains(_ node: NodeIndex) -> Bool { nodes[node] != nil }

    func contains(_ relationship: RelationshipIndex) -> Bool { relationships[relationship] != nil }

    /// The labels of a node in the order of their symbols; none for one that is not there.
    func labels(of node: NodeIndex) -> [LabelSymbol] { nodes[node]?.labels.sorted() ?? [] }

    func has(_ label: LabelSymbol, _ node: NodeIndex) -> Bool {
        nodes[node]?.labels.contains(label) ?? false
    }

    func property(_ key: KeySymbol, of node: NodeIndex) -> GraphValue? {
        nodes[node]?.properties[key]
    }

    func property(_ key: KeySymbol, of relationship: RelationshipIndex) -> GraphValue? {
        relationships[relationship]?.properties[key]
    }

    /// All properties of a node, in no order.
    func properties(of node: NodeIndex) -> [(key: KeySymbol, value: GraphValue)] {
        nodes[node]?.properties.map { ($0.key, $0.value) } ?? []
    }

    /// All properties of a relationship, in no order.
    func properties(of relationship: RelationshipIndex) -> [(key: KeySymbol, value: GraphValue)] {
        relationships[relationship]?.properties.map { ($0.key, $0.value) } ?? []
    }

    func ends(of relationship: RelationshipIndex) -> RelationshipEnds? {
        relationships[relationship]?.ends
    }

    func count(of label: LabelSymbol) -> Int {
        nodes.values.count { $0.labels.contains(label) }
    }

    func count(of type: TypeSymbol) -> Int {
        relationships.values.count { $0.ends.type == type }
    }

    /// The nodes from a place on that have the label, or all, in the order of their places.
    func nodes(
        labelled label: LabelSymbol? = nil, from first: NodeIndex = NodeIndex(0)
    ) -> some Sequence<NodeIndex> & Sendable {
        nodes.filter { $0.key >= first && label.map($0.value.labels.contains) ?? true }
            .keys.sorted()
    }

    /// The relationships from a place on, in the order of their places.
    func relationships(
        from first: RelationshipIndex = RelationshipIndex(0)
    ) -> some Sequence<RelationshipIndex> & Sendable {
        relationships.keys.filter { $0 >= first }.sorted()
    }

    /// What lies next to a node, along relationships of the types, or of all types for `nil`.
    ///
    /// The sequence's iterator is a value that can be kept and gone on with. In no promised order.
    /// A relationship from a node to itself comes once, whichever the direction.
    func adjacent(
        to node: NodeIndex, _ direction: GraphDirection, types: [TypeSymbol]? = nil
    ) -> some Sequence<Adjacent> & Sendable {
        guard let row = nodes[node] else { return [Adjacent]() }
        let all =
            switch direction {
            case .outgoing: row.outgoing
            case .incoming: row.incoming
            case .either: row.outgoing + row.incoming.filter { $0.node != node }
            }
        guard let types else { return all }
        return all.filter { adjacent in
            relationships[adjacent.relationship].map { types.contains($0.ends.type) } ?? false
        }
    }

    /// How many ``adjacent(to:_:types:)`` has, without a look at each where that can be known.
    func degree(
        of node: NodeIndex, _ direction: GraphDirection, types: [TypeSymbol]? = nil
    ) -> Int {
        adjacent(to: node, direction, types: types).reduce(0) { count, _ in count + 1 }
    }
}

// MARK: Writing

extension GraphState {
    /// Carries a change out.
    ///
    /// The caller has made sure that nodes, relationships and symbols are there; only a unique
    /// index refuses a change.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation``; this copy is not to be used then.
    mutating func apply(_ change: GraphChange) throws(StorageError) {
        switch change {
        case .defineLabel(let label): labels.define(label)
        case .defineType(let type): types.define(type)
        case .defineKey(let key): keys.define(key)
        case .createNode(let node, let labels):
            precondition(node == nextNode)
            nodes[node] = NodeRow(labels: Set(labels))
            nextNode = NodeIndex(node.rawValue + 1)
            nodeCount += 1
        case .addLabel(let node, let label):
            guard !has(label, node) else { return }
            try indexes.insert(node, label: label, properties: properties(of: node))
            nodes[node]?.labels.insert(label)
        case .removeLabel(let node, let label):
            guard has(label, node) else { return }
            indexes.remove(node, label: label, properties: properties(of: node))
            nodes[node]?.labels.remove(label)
        case .setNodeProperty(let node, let key, let value):
            try indexes.change(
                node, labels: labels(of: node), key: key, from: property(key, of: node), to: value)
            nodes[node]?.properties[key] = value
        case .deleteNode(let node):
            for label in labels(of: node) {
                indexes.remove(node, label: label, properties: properties(of: node))
            }
            nodes[node] = nil
            nodeCount -= 1
        case .createRelationship(let relationship, let ends):
            precondition(relationship == nextRelationship)
            relationships[relationship] = RelationshipRow(ends: ends)
            nodes[ends.source]?.outgoing.append(
                Adjacent(node: ends.target, relationship: relationship))
            nodes[ends.target]?.incoming.append(
                Adjacent(node: ends.source, relationship: relationship))
            nextRelationship = RelationshipIndex(relationship.rawValue + 1)
            relationshipCount += 1
        case .setRelationshipProperty(let relationship, let key, let value):
            relationships[relationship]?.properties[key] = value
        case .deleteRelationship(let relationship):
            guard let ends = relationships.removeValue(forKey: relationship)?.ends else { return }
            nodes[ends.source]?.outgoing.removeAll { $0.relationship == relationship }
            nodes[ends.target]?.incoming.removeAll { $0.relationship == relationship }
            relationshipCount -= 1
        case .createIndex(let index): try create(index)
        case .dropIndex(let index): indexes.drop(index)
        }
    }

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
