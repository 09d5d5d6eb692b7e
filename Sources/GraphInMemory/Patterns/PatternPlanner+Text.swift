internal import StorageKit

extension PatternPlanner {
    /// A step along a relationship, as openCypher draws it.
    func text(of step: PatternStepDraft, _ relationship: GraphRelationshipPattern) -> String {
        let verb =
            switch step.kind {
            case .expand: step.isTargetBound ? "close" : "expand"
            case .walk: step.isTargetBound ? "walk into" : "walk"
            case .shortest: step.isTargetBound ? "shortest walk into" : "shortest walk"
            case .scan, .seek, .range, .nodes: "find"
            }
        let (source, target) = (name(ofNode: step.source), name(ofNode: step.target))
        let names = relationship.expansion.types.map(\.name).sorted().joined(separator: "|")
        let hops = relationship.hops.map { "*\($0)" } ?? ""
        let middle =
            (relationship.variable.map(slots.name) ?? "") + (names.isEmpty ? "" : ":" + names)
            + hops
        let (left, right) = (
            step.direction == .incoming ? "<-" : "-", step.direction == .outgoing ? "->" : "-"
        )
        var text = "\(verb) (\(source))\(left)[\(middle)]\(right)(\(target))"
        if !step.isTargetBound, !step.labels.isEmpty {
            text += ": " + step.labels.map { state.labels[$0].name }.sorted().joined(separator: " ")
        }
        if relationship.condition != nil { text += " if each hop is so" }
        return text
    }

    private func name(ofNode place: Int) -> String { slots.name(pattern.nodes[place].variable) }

    /// A condition, its values withheld.
    func text(of condition: GraphCondition) -> String {
        switch condition {
        case .compare(let left, let comparison, let right):
            "\(text(of: left)) \(comparison.symbol) \(text(of: right))"
        case .oneOf(let operand, let values): "\(text(of: operand)) in \(values.count) values"
        case .text(let operand, let test, _): "\(text(of: operand)) \(test) ?"
        case .exists(let operand): "exists \(text(of: operand))"
        case .label(let variable, let label): "\(slots.name(variable)): \(label)"
        case .related(let source, _, let target):
            "(\(slots.name(source)))--(\(slots.name(target)))"
        case .every(let parts): "(" + parts.map(text(of:)).joined(separator: " and ") + ")"
        case .either(let parts): "(" + parts.map(text(of:)).joined(separator: " or ") + ")"
        case .not(let part): "not \(text(of: part))"
        }
    }

    private func text(of operand: GraphOperand) -> String {
        switch operand {
        case .value: "?"
        case .property(let variable, let key): "\(slots.name(variable)).\(key)"
        case .id(let variable): "id(\(slots.name(variable)))"
        case .length(let variable): "length(\(slots.name(variable)))"
        }
    }
}

extension GraphComparison {
    fileprivate var symbol: String {
        switch self {
        case .equal: "="
        case .notEqual: "<>"
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}
