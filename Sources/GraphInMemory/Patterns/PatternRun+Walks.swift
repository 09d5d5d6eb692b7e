internal import StorageKit

// A step along every walk of some hops.

extension PatternRun {
    mutating func openWalk(_ depth: Int, _ minimum: Int) {
        let step = plan.steps[depth]
        bindings.walks[step.relationship].removeAll(keepingCapacity: true)
        cursors[depth].walk.stack.removeAll(keepingCapacity: true)
        cursors[depth].walk.nodes = [bindings.nodes[step.source]]
        cursors[depth].walk.isFresh = true
        cursors[depth].walk.hasEmpty = minimum == 0
        cursors[depth].walk.later.removeAll()
    }

    mutating func advanceWalk(_ depth: Int, _ minimum: Int, _ maximum: Int) -> Outcome {
        let step = plan.steps[depth]
        if cursors[depth].walk.hasEmpty {
            cursors[depth].walk.hasEmpty = false
            if accept(cursors[depth].walk.nodes[0], step) { return .found }
        }
        while true {
            guard work < limit else { return .paused }
            if cursors[depth].walk.isFresh { goOn(depth, step, maximum) }
            guard let top = cursors[depth].walk.stack.indices.last else { return .ended }
            guard let next = cursors[depth].walk.stack[top].next() else {
                cursors[depth].walk.stack.removeLast()
                if top > 0 { goBack(depth, step) }
                continue
            }
            work += 1
            cursors[depth].touched += 1
            guard !hasWalked(next.relationship, depth, step), isNew(next.relationship, step),
                allows(next.relationship, step)
            else { continue }
            bind(next, depth, step)
            if bindings.walks[step.relationship].count >= minimum, accept(next.node, step) {
                return .found
            }
        }
    }

    /// Looks around at the walk's last node, or leaves it when the walk is as long as it may be.
    private mutating func goOn(_ depth: Int, _ step: PatternStep, _ maximum: Int) {
        cursors[depth].walk.isFresh = false
        let count = cursors[depth].walk.nodes.count
        if count <= maximum {
            let last = cursors[depth].walk.nodes[count - 1]
            cursors[depth].walk.stack.append(look(last, step.direction, step.types).makeIterator())
        } else if count > 1 {
            goBack(depth, step)
        }
    }

    private mutating func bind(_ next: Adjacent, _ depth: Int, _ step: PatternStep) {
        if bindings.walks[step.relationship].count >= PatternWalk<Neighbours.Iterator>.few {
            cursors[depth].walk.later.insert(next.relationship)
        }
        bindings.walks[step.relationship].append(next.relationship)
        cursors[depth].walk.nodes.append(next.node)
        cursors[depth].walk.isFresh = true
    }

    private mutating func goBack(_ depth: Int, _ step: PatternStep) {
        cursors[depth].walk.nodes.removeLast()
        let last = bindings.walks[step.relationship].removeLast()
        if bindings.walks[step.relationship].count >= PatternWalk<Neighbours.Iterator>.few {
            cursors[depth].walk.later.remove(last)
        }
    }

    private func hasWalked(
        _ relationship: RelationshipIndex, _ depth: Int, _ step: PatternStep
    ) -> Bool {
        for walked in bindings.walks[step.relationship].prefix(PatternWalk<Neighbours.Iterator>.few)
        where walked == relationship { return true }
        return cursors[depth].walk.later.contains(relationship)
    }
}
