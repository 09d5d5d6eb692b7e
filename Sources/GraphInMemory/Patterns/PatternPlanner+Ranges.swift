internal import StorageKit

extension PatternPlanner {
    /// The step through an ordered index that a condition asks for, if it is a range of values.
    func range(_ node: Int, by condition: GraphCondition) -> PatternChoice? {
        guard let (key, range) = range(of: pattern.nodes[node].variable, condition) else {
            return nil
        }
        let labels = pattern.nodes[node].labels
        let indexes = state.indexes.all.filter { index in
            let definition = index.definition
            return definition.kind == .ordered && definition.key == key
                && labels.contains(definition.label)
        }
        let counted = indexes.map { ($0, $0.count(in: range)) }
        guard let (index, rows) = counted.min(by: { $0.1 < $1.1 }) else { return nil }
        let name = slots.name(pattern.nodes[node].variable)
        var choice = seek(
            node, .range(index.definition, range), rows: rows,
            "range \(name): \(index.definition)")
        choice.index = index.definition
        return choice
    }

    private func range(
        of variable: GraphVariable, _ condition: GraphCondition
    ) -> (PropertyKey, IndexRange)? {
        switch condition {
        case .compare(.property(variable, let key), let comparison, .value(let value)):
            range(comparison, value).map { (key, $0) }
        case .compare(.value(let value), let comparison, .property(variable, let key)):
            range(comparison.flipped, value).map { (key, $0) }
        case .text(.property(variable, let key), .prefix, let text): (key, .prefix(text))
        default: nil
        }
    }

    private func range(_ comparison: GraphComparison, _ value: GraphValue) -> IndexRange? {
        let isInclusive = comparison == .lessOrEqual || comparison == .greaterOrEqual
        let bound = IndexRange.Bound(value, isInclusive: isInclusive)
        return switch comparison {
        case .less, .lessOrEqual: .to(bound)
        case .greater, .greaterOrEqual: .from(bound)
        case .equal, .notEqual: nil
        }
    }
}

extension GraphComparison {
    /// The same comparison with its sides changed.
    fileprivate var flipped: GraphComparison {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}
