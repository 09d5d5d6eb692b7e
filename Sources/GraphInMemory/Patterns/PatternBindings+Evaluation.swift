internal import StorageKit

extension PatternBindings {
    /// Whether the condition is true; unknown is not.
    func satisfy(_ conditions: [PatternCondition], in state: GraphState) -> Bool {
        for condition in conditions where truth(of: condition, in: state) != true { return false }
        return true
    }

    func value(of operand: PatternOperand, in state: GraphState) -> GraphValue? {
        switch operand {
        case .value(let value): value
        case .nodeProperty(let slot, let key): state.property(key, of: nodes[slot])
        case .relationshipProperty(let slot, let key): state.property(key, of: relationships[slot])
        case .hopProperty(let key): state.property(key, of: hop)
        case .nodeID(let slot): .integer(Int64(nodes[slot].rawValue))
        case .relationshipID(let slot): .integer(Int64(relationships[slot].rawValue))
        case .hopID: .integer(Int64(hop.rawValue))
        case .length(let slots): .integer(Int64(slots.reduce(0) { $0 + length(of: $1) }))
        }
    }

    private func truth(of condition: PatternCondition, in state: GraphState) -> Bool? {
        switch condition {
        case .constant(let truth): return truth
        case .compareNodes(let left, let comparison, let right):
            let (left, right) = (nodes[left].rawValue, nodes[right].rawValue)
            return comparison.holds(left < right ? -1 : left == right ? 0 : 1)
        case .compare(let left, let comparison, let right):
            guard let left = value(of: left, in: state), let right = value(of: right, in: state)
            else { return nil }
            return comparison.holds(left, right)
        case .oneOf(let operand, let values):
            guard let value = value(of: operand, in: state) else { return nil }
            return values.contains { $0.isEqual(to: value) }
        case .text(let operand, let test, let text):
            guard case .string(let value) = value(of: operand, in: state) else { return nil }
            return test.holds(value, text)
        case .exists(let operand): return value(of: operand, in: state) != nil
        case .label(let slot, let label): return state.has(label, nodes[slot])
        case .related(let source, let direction, let types, let target):
            return state.isRelated(nodes[source], direction, types, to: nodes[target])
        case .every(let parts): return all(parts, in: state)
        case .either(let parts): return any(parts, in: state)
        case .not(let part): return truth(of: part, in: state).map { !$0 }
        }
    }

    private func all(_ parts: [PatternCondition], in state: GraphState) -> Bool? {
        var isUnknown = false
        for part in parts {
            guard let truth = truth(of: part, in: state) else {
                isUnknown = true
                continue
            }
            if !truth { return false }
        }
        return isUnknown ? nil : true
    }

    private func any(_ parts: [PatternCondition], in state: GraphState) -> Bool? {
        var isUnknown = false
        for part in parts {
            guard let truth = truth(of: part, in: state) else {
                isUnknown = true
                continue
            }
            if truth { return true }
        }
        return isUnknown ? nil : false
    }
}

extension GraphState {
    /// Whether a relationship leads from one node to the other; looked for from the one with fewer.
    fileprivate func isRelated(
        _ source: NodeIndex, _ direction: GraphDirection, _ types: [TypeSymbol]?,
        to target: NodeIndex
    ) -> Bool {
        let reversed = direction.reversed
        if degree(of: source, direction, types: types) <= degree(of: target, reversed, types: types)
        {
            return adjacent(to: source, direction, types: types).contains { $0.node == target }
        }
        return adjacent(to: target, reversed, types: types).contains { $0.node == source }
    }
}
