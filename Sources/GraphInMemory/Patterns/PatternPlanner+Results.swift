internal import StorageKit

extension PatternPlanner {
    /// The plan of a draft, and what is done with what it finds.
    func plan(of draft: PatternDraft) -> PatternPlan {
        PatternPlan(
            steps: draft.steps.map(PatternStep.init), nodeCount: pattern.nodes.count,
            isWalk: pattern.relationships.map { $0.hops != nil },
            isReversed: pattern.relationships.indices.map(draft.reversed.contains),
            columns: pattern.columns.map(column), selection: pattern.columns,
            isDistinct: pattern.isDistinct,
            order: pattern.order.map { (compiler.operand($0.operand), $0.direction) },
            skip: pattern.skip, limit: pattern.limit, resultSteps: resultSteps,
            indexes: draft.indexes)
    }

    private var resultSteps: [PatternResultStep] {
        var steps: [PatternResultStep] = []
        if pattern.isDistinct { steps.append(.distinct) }
        if !pattern.order.isEmpty { steps.append(.sort) }
        if pattern.skip > 0 { steps.append(.skip(pattern.skip)) }
        if let limit = pattern.limit { steps.append(.limit(limit)) }
        return steps
    }

    private func column(_ selection: GraphSelection) -> PatternColumn {
        switch selection {
        case .operand(let operand): return .value(compiler.operand(operand))
        case .element(let variable), .id(let variable):
            if let path = pattern.paths.first(where: { $0.variable == variable }) {
                return .path(
                    start: slots.node(path.start),
                    steps: path.relationships.map { ($0, targetOf($0)) })
            }
            var isWhole = false
            if case .element = selection { isWhole = true }
            switch slots[variable].first {
            case .relationship(let place):
                if pattern.relationships[place].hops != nil {
                    return isWhole ? .walk(place) : .walkIDs(place)
                }
                return isWhole ? .relationship(place) : .relationshipID(place)
            case .node(let place): return isWhole ? .node(place) : .nodeID(place)
            case nil: return .value(.value(nil))
            }
        }
    }
}
