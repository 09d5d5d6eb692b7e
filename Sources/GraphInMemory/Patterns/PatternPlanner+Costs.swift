internal import StorageKit

extension PatternPlanner {
    /// How many relationships a node has on the average to go along.
    ///
    /// Those of a type are taken to begin, or end, at the nodes of the pattern's label.
    func degree(of node: Int, _ direction: GraphDirection, _ types: [TypeSymbol]?) -> Double {
        let relationships =
            types.map { $0.reduce(0) { $0 + state.count(of: $1) } } ?? state.relationshipCount
        let labels = pattern.nodes[node].labels.compactMap(state.labels.symbol)
        let nodes = labels.map(state.count(of:)).min() ?? state.nodeCount
        return Double(relationships * (direction == .either ? 2 : 1)) / Double(max(1, nodes))
    }

    /// How many walks, or nodes, of so many hops there are from a node.
    func fan(_ degree: Double, _ hops: GraphHops?) -> Double {
        guard let hops else { return degree }
        // Beyond some hops an estimate is no better than another large number.
        let shortest = min(hops.minimum, 12)
        var (sum, power) = (0.0, 1.0)
        for hop in 0...min(hops.maximum ?? .max, shortest + 3) {
            if hop >= shortest { sum += power }
            power *= degree
        }
        return hops.isShortest ? min(sum, Double(max(1, state.nodeCount))) : sum
    }

    /// Which part of the neighbours has the labels.
    func share(of step: PatternStepDraft) -> Double {
        step.labels.reduce(1) { share, label in
            share * Double(state.count(of: label)) / Double(max(1, state.nodeCount))
        }
    }

    /// Which part of the rows a condition lets through, by the rule of thumb.
    func share(of condition: GraphCondition) -> Double {
        switch condition {
        case .compare(_, .equal, _): 0.1
        case .compare(_, .notEqual, _): 0.9
        case .oneOf(_, let values): min(1, 0.1 * Double(values.count))
        case .compare, .text: 0.3
        case .exists, .label, .either: 0.5
        case .related: 0.1
        case .every(let parts): parts.reduce(1) { $0 * share(of: $1) }
        case .not(let part): 1 - share(of: part)
        }
    }

    /// Appends a step, with the conditions that can be decided behind it.
    func take(_ choice: PatternChoice, into draft: inout PatternDraft) {
        var step = choice.step
        draft.bound.formUnion(choice.binds)
        if let answered = choice.answered { draft.answered.insert(answered) }
        if let index = choice.index, !draft.indexes.contains(index) { draft.indexes.append(index) }
        if choice.isReversed { draft.reversed.insert(step.relationship) }
        draft.cost += draft.rows * max(1, choice.work)
        draft.rows *= choice.factor
        var texts: [String] = []
        if lacksLabel(step.target) { step.conditions.append(.constant(false)) }
        for (place, conjunct) in conjuncts.enumerated()
        where !draft.answered.contains(place) && conjunct.slots.isSubset(of: draft.bound) {
            draft.answered.insert(place)
            draft.rows *= share(of: conjunct.condition)
            step.conditions.append(compiler.condition(conjunct.condition))
            texts.append(text(of: conjunct.condition))
        }
        if !texts.isEmpty { step.text += " where " + texts.joined(separator: " and ") }
        draft.steps.append(step)
    }

    /// Whether a node of the pattern has a label that no node ever had.
    private func lacksLabel(_ node: Int) -> Bool {
        pattern.nodes[node].labels.contains { state.labels.symbol(of: $0) == nil }
    }
}
