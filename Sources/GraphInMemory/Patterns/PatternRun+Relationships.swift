internal import StorageKit

// A step along one relationship.

extension PatternRun {
    /// Begins at the source; where both ends are bound, at the one with fewer relationships.
    mutating func openExpansion(_ depth: Int) {
        let step = plan.steps[depth]
        let source = bindings.nodes[step.source]
        let target = bindings.nodes[step.target]
        let reversed = step.direction.reversed
        if step.isTargetBound, source != target,
            state.degree(of: target, reversed, types: step.types)
                < state.degree(of: source, step.direction, types: step.types)
        {
            cursors[depth].met = source
            cursors[depth].neighbours = look(target, reversed, step.types).makeIterator()
        } else {
            cursors[depth].met = target
            cursors[depth].neighbours = look(source, step.direction, step.types).makeIterator()
        }
    }

    mutating func advanceExpansion(_ depth: Int) -> Outcome {
        let step = plan.steps[depth]
        guard work < limit else { return .paused }
        guard var neighbours = cursors[depth].neighbours.take() else { return .ended }
        let met = cursors[depth].met
        var looked = 0
        defer {
            work += looked
            cursors[depth].touched += looked
        }
        while let next = neighbours.next() {
            looked += 1
            let isMet = !step.isTargetBound || next.node == met
            if isMet, isNew(next.relationship, step), allows(next.relationship, step) {
                bindings.relationships[step.relationship] = next.relationship
                let node = step.isTargetBound ? bindings.nodes[step.target] : next.node
                if accept(node, step) {
                    cursors[depth].neighbours = neighbours
                    return .found
                }
            }
            if work + looked >= limit {
                cursors[depth].neighbours = neighbours
                return .paused
            }
        }
        return .ended
    }
}
