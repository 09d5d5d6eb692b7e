internal import StorageKit

/// Translates a pattern's names into those of a state.
struct PatternCompiler {
    let state: GraphState
    let slots: PatternSlots

    func condition(_ condition: GraphCondition) -> PatternCondition {
        switch condition {
        case .compare(.id(let left), let comparison, .id(let right)):
            if case .node(let left) = slots[left].first, case .node(let right) = slots[right].first
            {
                return .compareNodes(left, comparison, right)
            }
            return .compare(operand(.id(left)), comparison, operand(.id(right)))
        case .compare(let left, let comparison, let right):
            return .compare(operand(left), comparison, operand(right))
        case .oneOf(let value, let values): return .oneOf(operand(value), values)
        case .text(let value, let test, let text):
            return .text(operand(value), test, Array(text.utf8))
        case .exists(let value): return .exists(operand(value))
        case .label(let node, let label):
            guard let label = state.labels.symbol(of: label) else { return .constant(false) }
            return .label(slots.node(node), label)
        case .related(let source, let expansion, let target):
            return .related(
                slots.node(source), expansion.direction, state.symbols(of: expansion),
                slots.node(target))
        case .every(let parts): return .every(parts.map(self.condition))
        case .either(let parts): return .either(parts.map(self.condition))
        case .not(let part): return .not(self.condition(part))
        }
    }

    func operand(_ operand: GraphOperand) -> PatternOperand {
        switch operand {
        case .value(let value): return .value(value)
        case .property(let variable, let key):
            guard let key = state.keys.symbol(of: key) else { return .value(nil) }
            return switch slots[variable].first {
            case .node(let place): .nodeProperty(place, key)
            case .relationship(let place): .relationshipProperty(place, key)
            case nil: .hopProperty(key)
            }
        case .id(let variable):
            return switch slots[variable].first {
            case .node(let place): .nodeID(place)
            case .relationship(let place): .relationshipID(place)
            case nil: .hopID
            }
        case .length(let variable):
            return .length(
                slots[variable].compactMap { slot in
                    if case .relationship(let place) = slot { place } else { nil }
                })
        }
    }
}
