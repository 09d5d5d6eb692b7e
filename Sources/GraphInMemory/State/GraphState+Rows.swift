internal import StorageKit

extension GraphState {
    func contains(_ node: NodeIndex) -> Bool { nodeTable.contains(node) }

    func contains(_ relationship: RelationshipIndex) -> Bool {
        relationshipTable.contains(relationship)
    }

    /// The labels of a node in the order of their symbols; none for one that is not there.
    func labels(of node: NodeIndex) -> [LabelSymbol] { nodeTable.labels(of: node) }

    func has(_ label: LabelSymbol, _ node: NodeIndex) -> Bool {
        nodeTable.members(of: label).places.contains(node.place)
    }

    func property(_ key: KeySymbol, of node: NodeIndex) -> GraphValue? {
        nodeProperties[key, node.place]
    }

    func property(_ key: KeySymbol, of relationship: RelationshipIndex) -> GraphValue? {
        relationshipProperties[key, relationship.place]
    }

    /// All properties of a node, in no order.
    ///
    /// O(keys in use).
    func properties(of node: NodeIndex) -> [(key: KeySymbol, value: GraphValue)] {
        nodeProperties.properties(of: node.place)
    }

    /// All properties of a relationship, in no order.
    ///
    /// O(keys in use).
    func properties(of relationship: RelationshipIndex) -> [(key: KeySymbol, value: GraphValue)] {
        relationshipProperties.properties(of: relationship.place)
    }

    func ends(of relationship: RelationshipIndex) -> RelationshipEnds? {
        relationshipTable.ends(of: relationship)
    }

    func count(of label: LabelSymbol) -> Int { nodeTable.members(of: label).count }

    func count(of type: TypeSymbol) -> Int { relationshipTable.count(of: type) }

    /// The nodes from a place on that have the label, or all, in the order of their places.
    func nodes(
        labelled label: LabelSymbol? = nil, from first: NodeIndex = NodeIndex(0)
    ) -> NodeSequence {
        NodeSequence(
            table: nodeTable, members: label.map { nodeTable.members(of: $0).places },
            first: first.place, end: nodeEnd)
    }

    /// The relationships from a place on, in the order of their places.
    func relationships(
        from first: RelationshipIndex = RelationshipIndex(0)
    ) -> RelationshipSequence {
        RelationshipSequence(table: relationshipTable, first: first.place, end: relationshipEnd)
    }

    /// What lies next to a node, along relationships of the types, or of all types for `nil`.
    ///
    /// The sequence's iterator is a value that can be kept and gone on with. In no promised order.
    /// A relationship from a node to itself comes once, whichever the direction.
    func adjacent(
        to node: NodeIndex, _ direction: GraphDirection, types: [TypeSymbol]? = nil
    ) -> AdjacentSequence {
        AdjacentSequence(
            adjacency: adjacency, relationships: relationshipTable, node: node,
            direction: direction, types: types)
    }

    /// How many ``adjacent(to:_:types:)`` has.
    ///
    /// O(types).
    func degree(
        of node: NodeIndex, _ direction: GraphDirection, types: [TypeSymbol]? = nil
    ) -> Int {
        guard let types else {
            return adjacency.types.reduce(0) { $0 + $1.degree(of: node, direction) }
        }
        return Set(types).reduce(0) { $0 + (rows(of: $1)?.degree(of: node, direction) ?? 0) }
    }

    /// The rows of a type in one direction, for reading those of many nodes.
    func reader(of type: TypeSymbol, _ direction: RowDirection) -> RowReader {
        RowReader(
            rows(of: type)?[direction] ?? DirectedRows(), direction, links: adjacency.links,
            boundary: adjacency.boundary, relationships: relationshipTable)
    }

    /// The rows of a type in one direction where they are all that there is, and every node has
    /// one: nothing was written since they were built.
    func settledRows(of type: TypeSymbol, _ direction: RowDirection) -> CompressedRows? {
        guard let rows = rows(of: type), rows.pending == 0 else { return nil }
        let base = rows[direction].base
        return base.nodes == nil ? base.rows : nil
    }

    private func rows(of type: TypeSymbol) -> TypeRows? {
        let slot = Int(type.rawValue)
        return slot < adjacency.types.count ? adjacency.types[slot] : nil
    }
}
