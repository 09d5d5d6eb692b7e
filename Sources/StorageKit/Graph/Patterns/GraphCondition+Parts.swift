extension GraphCondition {
    /// Its parts that all have to be true, those of `every` taken apart.
    package var conjuncts: [GraphCondition] {
        guard case .every(let conditions) = self else { return [self] }
        return conditions.flatMap(\.conjuncts)
    }

    /// The variables that it speaks of.
    package var variables: Set<GraphVariable> {
        switch self {
        case .compare(let left, _, let right):
            Set([left.variable, right.variable].compactMap(\.self))
        case .oneOf(let operand, _), .text(let operand, _, _), .exists(let operand):
            Set([operand.variable].compactMap(\.self))
        case .label(let variable, _): [variable]
        case .related(let source, _, let target): [source, target]
        case .every(let parts), .either(let parts):
            parts.reduce(into: []) { $0.formUnion($1.variables) }
        case .not(let part): part.variables
        }
    }

    /// The condition with another variable in place of this one.
    func replacing(_ old: GraphVariable, by new: GraphVariable) -> GraphCondition {
        func put(_ variable: GraphVariable) -> GraphVariable { variable == old ? new : variable }
        switch self {
        case .compare(let left, let comparison, let right):
            return .compare(left.map(put), comparison, right.map(put))
        case .oneOf(let operand, let values): return .oneOf(operand.map(put), values)
        case .text(let operand, let test, let text): return .text(operand.map(put), test, text)
        case .exists(let operand): return .exists(operand.map(put))
        case .label(let variable, let label): return .label(put(variable), label)
        case .related(let source, let expansion, let target):
            return .related(put(source), expansion, put(target))
        case .every(let parts): return .every(parts.map { $0.replacing(old, by: new) })
        case .either(let parts): return .either(parts.map { $0.replacing(old, by: new) })
        case .not(let part): return .not(part.replacing(old, by: new))
        }
    }
}

extension GraphOperand {
    /// The variable that it speaks of; a value speaks of none.
    package var variable: GraphVariable? {
        switch self {
        case .value: nil
        case .property(let variable, _), .id(let variable), .length(let variable): variable
        }
    }

    fileprivate func map(_ put: (GraphVariable) -> GraphVariable) -> GraphOperand {
        switch self {
        case .value: self
        case .property(let variable, let key): .property(put(variable), key)
        case .id(let variable): .id(put(variable))
        case .length(let variable): .length(put(variable))
        }
    }
}
