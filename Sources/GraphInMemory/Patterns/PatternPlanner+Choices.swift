internal import StorageKit

extension PatternPlanner {
    /// The cheapest way to find a node by itself: its id, an index, its label, all nodes.
    func scan(of node: Int, after draft: PatternDraft) -> PatternChoice {
        let labels = pattern.nodes[node].labels
        let symbols = labels.compactMap(state.labels.symbol)
        var best = scan(of: node, symbols)
        if symbols.count < labels.count {
            best = seek(node, .nodes([]), rows: 0, "no node of the label")
        }
        for (place, conjunct) in conjuncts.enumerated() {
            guard conjunct.slots.subtracting([.node(node)]).isSubset(of: draft.bound),
                var choice = seek(node, by: conjunct.condition), choice.factor < best.factor
            else { continue }
            // What a range gives is looked at once more: it costs little.
            if case .range = choice.step.kind {} else { choice.answered = place }
            best = choice
        }
        best.step.labels = symbols.sorted()
        if case .scan(let label?) = best.step.kind { best.step.labels.removeAll { $0 == label } }
        return best
    }

    private func scan(of node: Int, _ labels: [LabelSymbol]) -> PatternChoice {
        let counted = labels.map { ($0, state.count(of: $0)) }
        let name = slots.name(pattern.nodes[node].variable)
        guard let (label, count) = counted.min(by: { $0.1 < $1.1 }) else {
            return seek(node, .scan(nil), rows: state.nodeCount, "all nodes \(name)")
        }
        return seek(
            node, .scan(label), rows: count, "label scan \(name): \(state.labels[label])")
    }

    func seek(
        _ node: Int, _ kind: PatternStep.Kind, rows: Int, _ text: String
    ) -> PatternChoice {
        var step = PatternStepDraft(kind: kind)
        step.target = node
        step.text = text
        return PatternChoice(
            step: step, binds: [.node(node)], work: Double(rows), factor: Double(rows))
    }

    /// The step that a condition asks for, if it is one that finds nodes.
    private func seek(_ node: Int, by condition: GraphCondition) -> PatternChoice? {
        let variable = pattern.nodes[node].variable
        switch condition {
        case .compare(let left, .equal, let right):
            if left.variable == variable, right.variable != variable {
                return seek(node, left, [compiler.operand(right)])
            }
            if right.variable == variable, left.variable != variable {
                return seek(node, right, [compiler.operand(left)])
            }
            return nil
        case .oneOf(let operand, let values) where operand.variable == variable:
            return seek(node, operand, values.map { .value($0) })
        default: return range(node, by: condition)
        }
    }

    private func seek(
        _ node: Int, _ operand: GraphOperand, _ values: [PatternOperand]
    ) -> PatternChoice? {
        let name = slots.name(pattern.nodes[node].variable)
        switch operand {
        case .id: return seek(node, .nodes(values), rows: values.count, "by id \(name)")
        case .property(_, let key):
            let labels = pattern.nodes[node].labels
            let indexes = state.indexes.definitions.filter {
                $0.key == key && labels.contains($0.label)
            }
            let counted = indexes.map { ($0, rows(in: $0, equalTo: values)) }
            guard let (index, rows) = counted.min(by: { $0.1 < $1.1 }) else { return nil }
            var choice = seek(node, .seek(index, values), rows: rows, "seek \(name): \(index)")
            choice.index = index
            return choice
        case .value, .length: return nil
        }
    }

    /// How many nodes an index has for some values; what is known only later counts as a tenth.
    private func rows(in index: GraphIndex, equalTo values: [PatternOperand]) -> Int {
        values.reduce(0) { sum, operand in
            if index.isUnique { return sum + 1 }
            guard case .value(let value) = operand else {
                return sum + max(1, state.indexes.count(of: index) / 10)
            }
            return sum + (value.flatMap { state.indexes[index]?.count(equalTo: $0) } ?? 0)
        }
    }

    /// The step along a relationship of which at least one end is bound.
    func expansion(along place: Int, after draft: PatternDraft) -> PatternChoice {
        let relationship = pattern.relationships[place]
        let (source, target) = (sourceOf(place), targetOf(place))
        let isTargetBound = draft.hasNode(source) && draft.hasNode(target)
        let types = state.symbols(of: relationship.expansion)
        var isReversed = !draft.hasNode(source)
        if isTargetBound, relationship.hops != nil {
            isReversed =
                degree(of: target, relationship.expansion.direction.reversed, types)
                < degree(of: source, relationship.expansion.direction, types)
        }
        let start = isReversed ? target : source
        let direction = relationship.expansion.direction
        var step = PatternStepDraft(kind: kind(of: relationship.hops))
        step.source = start
        step.target = isReversed ? source : target
        step.isTargetBound = isTargetBound
        step.relationship = place
        step.direction = isReversed ? direction.reversed : direction
        step.types = types
        step.hopConditions = hopConditions(of: relationship)
        step.labels =
            isTargetBound
            ? [] : pattern.nodes[step.target].labels.compactMap(state.labels.symbol).sorted()
        (step.otherRelationships, step.otherWalks) = others(than: place, after: draft)
        step.text = text(of: step, relationship)
        let fan = fan(degree(of: start, step.direction, types), relationship.hops)
        let share = isTargetBound ? 1 / Double(max(1, state.nodeCount)) : share(of: step)
        return PatternChoice(
            step: step, binds: [.relationship(place), .node(step.target)], work: fan,
            factor: fan * share, isReversed: isReversed)
    }

    private func kind(of hops: GraphHops?) -> PatternStep.Kind {
        guard let hops else { return .expand }
        let maximum = hops.maximum ?? .max
        return hops.isShortest
            ? .shortest(minimum: hops.minimum, maximum: maximum)
            : .walk(minimum: hops.minimum, maximum: maximum)
    }

    private func hopConditions(of relationship: GraphRelationshipPattern) -> [PatternCondition] {
        guard let condition = relationship.condition else { return [] }
        return condition.condition(on: Self.hop).conjuncts.map(compiler.condition)
    }

    /// A variable without a slot: the relationship that is about to be taken.
    private static let hop = GraphVariable("hop")

    /// The relationships bound already that could be the same as one of this pattern.
    private func others(
        than place: Int, after draft: PatternDraft
    ) -> (relationships: [Int], walks: [Int]) {
        let relationship = pattern.relationships[place]
        guard relationship.hops?.isShortest != true else { return ([], []) }
        let others = pattern.relationships.indices.filter { other in
            let (mine, its) = (
                relationship.expansion.types, pattern.relationships[other].expansion.types
            )
            return draft.bound.contains(.relationship(other))
                && pattern.relationships[other].hops?.isShortest != true
                && (mine.isEmpty || its.isEmpty || !mine.isDisjoint(with: its))
        }
        return (
            others.filter { pattern.relationships[$0].hops == nil },
            others.filter { pattern.relationships[$0].hops != nil }
        )
    }
}
