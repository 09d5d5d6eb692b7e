internal import StorageKit

/// What is kept of a match until it is read: the engine's numbers of what is selected.
struct PatternRow: Sendable {
    enum Item: Sendable {
        case node(NodeIndex)
        case relationship(RelationshipIndex)
        case walk([RelationshipIndex])
        case path([NodeIndex], [RelationshipIndex])
        case value(GraphValue?)
    }

    var items: [Item]
    /// By what it is ordered.
    var keys: [GraphValue?] = []
}

extension PatternPlan {
    /// What is selected of the present match.
    func row(_ bindings: PatternBindings, in state: GraphState) -> PatternRow {
        PatternRow(items: columns.map { item($0, bindings, state) })
    }

    private func item(
        _ column: PatternColumn, _ bindings: PatternBindings, _ state: GraphState
    ) -> PatternRow.Item {
        switch column {
        case .node(let slot), .nodeID(let slot): .node(bindings.nodes[slot])
        case .relationship(let slot), .relationshipID(let slot):
            .relationship(bindings.relationships[slot])
        case .walk(let slot), .walkIDs(let slot): .walk(relationships(slot, bindings))
        case .path(let start, let steps): path(bindings.nodes[start], steps, bindings, state)
        case .value(let operand): .value(bindings.value(of: operand, in: state))
        }
    }

    /// The relationships of a slot from the pattern's source to its target.
    private func relationships(_ slot: Int, _ bindings: PatternBindings) -> [RelationshipIndex] {
        guard isWalk[slot] else { return [bindings.relationships[slot]] }
        return isReversed[slot] ? bindings.walks[slot].reversed() : bindings.walks[slot]
    }

    private func path(
        _ start: NodeIndex, _ steps: [(relationship: Int, node: Int)], _ bindings: PatternBindings,
        _ state: GraphState
    ) -> PatternRow.Item {
        var nodes = [start]
        var path: [RelationshipIndex] = []
        for step in steps {
            for relationship in relationships(step.relationship, bindings) {
                guard let ends = state.ends(of: relationship), let last = nodes.last else {
                    continue
                }
                nodes.append(ends.source == last ? ends.target : ends.source)
                path.append(relationship)
            }
        }
        return .path(nodes, path)
    }

    /// The match as users read it.
    func match(_ row: PatternRow, in state: GraphState) -> GraphMatch {
        var values: [GraphMatchValue] = []
        values.reserveCapacity(row.items.count)
        for (place, item) in row.items.enumerated() {
            values.append(value(item, columns[place], state))
        }
        return GraphMatch(columns: selection, values: values)
    }

    private func value(
        _ item: PatternRow.Item, _ column: PatternColumn, _ state: GraphState
    ) -> GraphMatchValue {
        switch item {
        case .node(let node):
            if case .node = column { return .node(state.entity(node)) }
            return .nodeID(node.id)
        case .relationship(let relationship):
            if case .relationship = column, let entity = state.entity(relationship) {
                return .relationship(entity)
            }
            return .relationshipID(relationship.id)
        case .walk(let walk):
            if case .walk = column { return .relationships(walk.compactMap { state.entity($0) }) }
            return .relationshipIDs(walk.map(\.id))
        case .path(let nodes, let relationships):
            return .path(
                GraphPath(nodes: nodes.map(\.id), relationships: relationships.map(\.id)))
        case .value(let value): return .value(value)
        }
    }
}
