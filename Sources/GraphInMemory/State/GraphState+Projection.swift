internal import StorageKit

extension GraphState {
    /// Freezes a part of the graph for algorithms.
    ///
    /// Where all nodes and one type are wanted, no node was ever deleted, and the rows are merged,
    /// the projection shares the rows and copies nothing but weights. Else O(nodes +
    /// relationships of the types).
    ///
    /// - Parameters:
    ///   - labels: Nodes that have one of these; `nil` for all.
    ///   - types: Relationships of these, between such nodes; `nil` for all.
    ///   - weight: The key of what a relationship weighs; `nil` where each weighs 1.
    ///   - defaultWeight: What one without the property weighs; `nil` for there to be none.
    ///   - orientation: How the relationships are taken.
    /// - Throws: ``StorageError/Code/wrongType`` for a weight that is not a number;
    ///   ``StorageError/Code/invalidArgument`` for none without a default;
    ///   ``StorageError/Code/limitExceeded`` for more than 2³² - 2 entries.
    func projection(
        nodes labels: [LabelSymbol]? = nil, types: [TypeSymbol]? = nil, weight: KeySymbol? = nil,
        defaultWeight: Double? = 1, orientation: GraphProjection.Orientation = .directed
    ) throws(StorageError) -> GraphProjection {
        let slots = slotsInUse(types)
        let weights = RelationshipWeights(
            column: weight.flatMap(relationshipProperties.column), fallback: defaultWeight,
            isWanted: weight != nil)
        if labels == nil, nodeCount == nodeEnd, orientation == .directed, slots.count == 1,
            let rows = sharedRows(of: slots[0])
        {
            return GraphProjection(
                orientation: orientation, nodes: ProjectedNodes(all: nodeCount),
                outgoing: rows.outgoing, incoming: rows.incoming,
                weights: try weights.values(of: rows.outgoing.relationships),
                incomingWeights: try weights.values(of: rows.incoming.relationships),
                relationshipCount: rows.outgoing.count)
        }
        let selection = select(labels)
        let edges = selection.edges(allEdges(of: slots))
        try Self.check(edges.count, orientation)
        return GraphProjection(
            nodes: selection.nodes, sources: edges.sources, targets: edges.targets,
            relationships: edges.relationships,
            weights: try weights.values(of: edges.relationships), orientation: orientation)
    }

    private static func check(
        _ count: Int, _ orientation: GraphProjection.Orientation
    ) throws(StorageError) {
        let entries = orientation == .undirected ? 2 * count : count
        guard entries < Int(UInt32.max) else {
            throw StorageError(
                code: .limitExceeded, message: "a projection has at most 2^32 - 2 entries")
        }
    }

    private func slotsInUse(_ types: [TypeSymbol]?) -> [Int] {
        let wanted = types.map { Set($0.map(\.rawValue)) }
        return adjacency.types.indices.filter { slot in
            let symbol = UInt32(truncatingIfNeeded: slot)
            return count(of: TypeSymbol(symbol)) > 0 && wanted?.contains(symbol) ?? true
        }
    }

    /// The bases of a type, if they are all there is and have a row for every node.
    private func sharedRows(of slot: Int) -> (outgoing: CompressedRows, incoming: CompressedRows)? {
        let rows = adjacency.types[slot]
        guard rows.pending == 0, rows.outgoing.base.nodes == nil, rows.incoming.base.nodes == nil
        else { return nil }
        return (
            rows.outgoing.base.rows.extended(to: nodeEnd),
            rows.incoming.base.rows.extended(to: nodeEnd)
        )
    }

    private func allEdges(of slots: [Int]) -> EdgeList {
        let newer = pendingEdges()
        var edges = EdgeList()
        for slot in slots { edges.append(contentsOf: allEdges(of: slot, newer[slot])) }
        return edges
    }

    private func select(_ labels: [LabelSymbol]?) -> NodeSelection {
        guard let labels else {
            return nodeCount == nodeEnd
                ? NodeSelection(all: nodeCount)
                : NodeSelection(Array(nodes()), end: nodeEnd)
        }
        if labels.count == 1 {
            return NodeSelection(Array(nodes(labelled: labels[0])), end: nodeEnd)
        }
        let members = Set(labels).map { nodeTable.members(of: $0).places }
        return NodeSelection(
            nodes().filter { node in members.contains { $0.contains(node.place) } }, end: nodeEnd)
    }
}

/// Which nodes are projected, and what number each gets.
private struct NodeSelection {
    let nodes: ProjectedNodes
    /// By the node's place: its number, or the largest for one that is not projected; `nil` where
    /// the numbers are the places.
    private let numbers: [UInt32]?

    init(all count: Int) {
        nodes = ProjectedNodes(all: count)
        numbers = nil
    }

    init(_ chosen: [NodeIndex], end: Int) {
        nodes = ProjectedNodes(chosen)
        var numbers = [UInt32](repeating: .max, count: end)
        for (number, node) in chosen.enumerated() {
            numbers[node.place] = UInt32(truncatingIfNeeded: number)
        }
        self.numbers = numbers
    }

    /// The edges both of whose ends are projected, by the ends' numbers.
    func edges(_ edges: EdgeList) -> EdgeList {
        guard let numbers else { return edges }
        var kept = EdgeList()
        for place in 0..<edges.count {
            let source = numbers[edges.sources[place].place]
            let target = numbers[edges.targets[place].place]
            guard source != .max, target != .max else { continue }
            kept.append(NodeIndex(source), NodeIndex(target), edges.relationships[place])
        }
        return kept
    }
}

/// What relationships weigh by a property.
private struct RelationshipWeights {
    let column: PropertyColumn?
    /// `nil` where each must have one.
    let fallback: Double?
    let isWanted: Bool

    /// The weights in step with relationships; `nil` where each weighs 1.
    func values(of relationships: [RelationshipIndex]) throws(StorageError) -> [Double]? {
        guard isWanted else { return nil }
        switch column {
        case .integers(let column):
            return try relationships.map { relationship throws(StorageError) in
                try weight(column[relationship.place].map(Double.init), of: relationship)
            }
        case .doubles(let column):
            return try relationships.map { relationship throws(StorageError) in
                try weight(column[relationship.place], of: relationship)
            }
        default: return try mixedValues(of: relationships)
        }
    }

    private func weight(
        _ value: Double?, of relationship: RelationshipIndex
    ) throws(StorageError) -> Double {
        if let weight = value ?? fallback { return weight }
        throw StorageError(
            code: .invalidArgument,
            message: "relationship \(relationship.id) has no weight; give a default",
            operation: "projection")
    }

    private func mixedValues(
        of relationships: [RelationshipIndex]
    ) throws(StorageError) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(relationships.count)
        for relationship in relationships {
            switch column?[relationship.place] {
            case .integer(let value): values.append(Double(value))
            case .double(let value): values.append(value)
            case nil: values.append(try weight(nil, of: relationship))
            default:
                throw StorageError(
                    code: .wrongType,
                    message: "relationship \(relationship.id) has a weight that is not a number")
            }
        }
        return values
    }
}

extension CompressedRows {
    /// The same with empty rows behind, for so many nodes.
    fileprivate func extended(to count: Int) -> CompressedRows {
        guard nodeCount < count, let end = offsets.last else { return self }
        return CompressedRows(
            offsets: offsets + [UInt32](repeating: end, count: count - nodeCount),
            neighbours: neighbours, relationships: relationships)
    }
}
