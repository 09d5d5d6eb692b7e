internal import StorageKit

// A step along one of the shortest walks to each node: breadth first.

extension PatternRun {
    mutating func openSearch(_ depth: Int, _ minimum: Int) {
        let step = plan.steps[depth]
        let source = bindings.nodes[step.source]
        var search = PatternSearch()
        search.nodes = [source]
        search.origins = [(0, RelationshipIndex(0))]
        search.depths = [0]
        search.reached = [source]
        search.hasEmpty = minimum == 0
        // A node's only shortest walk to itself is the empty one.
        let isSame = step.isTargetBound && source == bindings.nodes[step.target]
        search.isOver = isSame
        cursors[depth].search = search
        cursors[depth].neighbours = look(source, step.direction, step.types).makeIterator()
    }

    mutating func advanceSearch(_ depth: Int, _ maximum: Int) -> Outcome {
        let step = plan.steps[depth]
        if cursors[depth].search.hasEmpty {
            cursors[depth].search.hasEmpty = false
            bindings.walks[step.relationship].removeAll(keepingCapacity: true)
            if accept(cursors[depth].search.nodes[0], step) { return .found }
        }
        while !cursors[depth].search.isOver {
            guard work < limit else { return .paused }
            let place = cursors[depth].search.place
            let distance = cursors[depth].search.depths[place]
            guard distance < maximum, let next = cursors[depth].neighbours?.next() else {
                lookAtNext(depth, step)
                continue
            }
            work += 1
            cursors[depth].touched += 1
            guard allows(next.relationship, step),
                cursors[depth].search.reached.insert(next.node).inserted
            else { continue }
            cursors[depth].search.nodes.append(next.node)
            cursors[depth].search.origins.append((place, next.relationship))
            cursors[depth].search.depths.append(distance + 1)
            if step.isTargetBound, next.node == bindings.nodes[step.target] {
                cursors[depth].search.isOver = true
            }
            bindWalk(depth, step)
            if accept(next.node, step) { return .found }
        }
        return .ended
    }

    private mutating func lookAtNext(_ depth: Int, _ step: PatternStep) {
        let place = cursors[depth].search.place + 1
        guard place < cursors[depth].search.nodes.count else {
            cursors[depth].search.isOver = true
            cursors[depth].neighbours = nil
            return
        }
        cursors[depth].search.place = place
        cursors[depth].neighbours = look(
            cursors[depth].search.nodes[place], step.direction, step.types
        ).makeIterator()
    }

    /// Binds the walk to the node that was reached last.
    private mutating func bindWalk(_ depth: Int, _ step: PatternStep) {
        // Where one node is looked for, the walks to the others are of no use.
        if step.isTargetBound, !cursors[depth].search.isOver { return }
        var walk: [RelationshipIndex] = []
        var place = cursors[depth].search.nodes.count - 1
        while place > 0 {
            let origin = cursors[depth].search.origins[place]
            walk.append(origin.relationship)
            place = origin.place
        }
        bindings.walks[step.relationship] = walk.reversed()
    }
}
