internal import StorageKit

/// One run of a plan over one state: the matches, one after the other, as they are asked for.
///
/// It is a stack of cursors, one for each step, and one row, which they bind in place. A step that
/// has another way to bind its part hands the row on to the next step, and one that has none goes
/// back to the one before: depth first, without recursion. So its memory is that of the longest
/// walk, of a shortest walk's search, and of what an index gives, but not of the matches.
///
/// Complexity: the work of a step is the relationships that it looks at. It stops wherever a turn's
/// work is done, and goes on there.
struct PatternRun<Neighbours: Sequence<Adjacent> & Sendable> {
    enum Outcome {
        case found
        case paused
        case ended
    }

    let state: GraphState
    let plan: PatternPlan
    let look: (NodeIndex, GraphDirection, [TypeSymbol]?) -> Neighbours
    var bindings: PatternBindings
    var cursors: [PatternCursor<Neighbours.Iterator>]
    private var depth = 0
    private var isOver = false
    /// What was looked at in this turn.
    var work = 0
    /// When the turn ends.
    var limit = 0

    /// - Parameter look: What lies next to a node of the state.
    init(
        _ plan: PatternPlan, in state: GraphState,
        _ look: @escaping (NodeIndex, GraphDirection, [TypeSymbol]?) -> Neighbours
    ) {
        self.state = state
        self.plan = plan
        self.look = look
        bindings = PatternBindings(nodes: plan.nodeCount, isWalk: plan.isWalk)
        cursors = plan.steps.map { _ in PatternCursor() }
        open(0)
    }

    /// Goes on to the next match; it is in the bindings then.
    mutating func next() -> Outcome {
        while !isOver {
            switch advance(depth) {
            case .found:
                cursors[depth].rows += 1
                if depth == plan.steps.count - 1 { return .found }
                depth += 1
                open(depth)
            case .paused: return .paused
            case .ended:
                isOver = depth == 0
                depth -= 1
            }
        }
        return .ended
    }

    private mutating func open(_ depth: Int) {
        switch plan.steps[depth].kind {
        case .scan: openScan(depth)
        case .seek(let index, let values): openSeek(depth, index, values)
        case .range(let index, let range): openRange(depth, index, range)
        case .nodes(let values): openNodes(depth, values)
        case .expand: openExpansion(depth)
        case .walk(let minimum, _): openWalk(depth, minimum)
        case .shortest(let minimum, _): openSearch(depth, minimum)
        }
    }

    private mutating func advance(_ depth: Int) -> Outcome {
        switch plan.steps[depth].kind {
        case .scan, .seek, .range, .nodes: advanceNodes(depth)
        case .expand: advanceExpansion(depth)
        case .walk(let minimum, let maximum): advanceWalk(depth, minimum, maximum)
        case .shortest(_, let maximum): advanceSearch(depth, maximum)
        }
    }

    /// Whether a node may be the step's target; it is bound to it then.
    @inline(__always)
    mutating func accept(_ node: NodeIndex, _ step: PatternStep) -> Bool {
        if step.isTargetBound {
            guard bindings.nodes[step.target] == node else { return false }
        } else {
            for label in step.labels where !state.has(label, node) { return false }
            bindings.nodes[step.target] = node
        }
        return step.conditions.isEmpty || bindings.satisfy(step.conditions, in: state)
    }

    /// Whether a relationship is nowhere in the match yet.
    @inline(__always)
    func isNew(_ relationship: RelationshipIndex, _ step: PatternStep) -> Bool {
        for other in step.otherRelationships where bindings.relationships[other] == relationship {
            return false
        }
        for other in step.otherWalks where bindings.walks[other].contains(relationship) {
            return false
        }
        return true
    }

    /// Whether what is asked of each hop is true of this one.
    @inline(__always)
    mutating func allows(_ hop: RelationshipIndex, _ step: PatternStep) -> Bool {
        guard !step.hopConditions.isEmpty else { return true }
        bindings.hop = hop
        return bindings.satisfy(step.hopConditions, in: state)
    }
}
