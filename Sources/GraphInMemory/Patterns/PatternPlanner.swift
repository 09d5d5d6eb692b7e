internal import StorageKit

/// Finds a cheap order in which to bind the parts of a pattern.
///
/// From each node that the pattern could be begun at, it goes on greedily: of all relationships
/// that touch what is bound, and of all nodes that an index would give, it takes the one that
/// leaves the fewest rows. Of all these drafts, the one whose steps handle the fewest rows is the
/// plan. A condition belongs to the first step after which it can be decided.
///
/// Nothing is known of the graph but the sizes of its labels, types and indexes, and what an index
/// has for a given value. It costs O(nodes · relationships²) of the pattern, and no look at the
/// graph beyond these.
///
/// Literature: Selinger et al., "Access path selection in a relational database management system"
/// (1979); Fegaras, "A new heuristic for optimizing large queries" (1998), the greedy order.
struct PatternPlanner {
    let pattern: GraphPattern
    let state: GraphState
    let slots: PatternSlots
    let compiler: PatternCompiler
    /// The conditions, taken apart.
    let conjuncts: [PatternConjunct]

    /// - Throws: ``StorageKit/StorageError/Code/invalidArgument`` for a pattern that means nothing.
    init(_ pattern: GraphPattern, in state: GraphState) throws(StorageError) {
        try pattern.check()
        self.pattern = pattern
        self.state = state
        let slots = PatternSlots(pattern)
        self.slots = slots
        compiler = PatternCompiler(state: state, slots: slots)
        conjuncts = pattern.condition.conjuncts.map {
            PatternConjunct(condition: $0, slots: slots.slots(of: $0))
        }
    }

    /// The plan.
    func plan() -> PatternPlan {
        let drafts = pattern.nodes.indices.map(draft(from:))
        let best = drafts.min { $0.cost < $1.cost }
        return plan(of: best ?? PatternDraft())
    }

    private func draft(from start: Int) -> PatternDraft {
        var draft = PatternDraft()
        take(scan(of: start, after: draft), into: &draft)
        while let next = choices(after: draft).min(by: { $0.order < $1.order }) {
            take(next, into: &draft)
        }
        return draft
    }

    /// What can be done next: along a relationship from what is bound, or another node.
    private func choices(after draft: PatternDraft) -> [PatternChoice] {
        let open = pattern.relationships.indices.filter { !draft.bound.contains(.relationship($0)) }
        let expansions = open.filter { place in
            draft.hasNode(sourceOf(place)) || draft.hasNode(targetOf(place))
        }.map { expansion(along: $0, after: draft) }
        let scans = pattern.nodes.indices.filter { !draft.hasNode($0) }
            .map { scan(of: $0, after: draft) }
        // A product with more than one node is worth it only where nothing leads there.
        return expansions.isEmpty ? scans : expansions + scans.filter { $0.factor <= 1 }
    }

    func sourceOf(_ relationship: Int) -> Int {
        slots.node(pattern.relationships[relationship].source)
    }

    func targetOf(_ relationship: Int) -> Int {
        slots.node(pattern.relationships[relationship].target)
    }
}

/// A condition that has to be true, and what has to be bound for it.
struct PatternConjunct: Sendable {
    let condition: GraphCondition
    let slots: Set<PatternSlot>
}

/// A step that could be the next, and how many rows it makes of one.
struct PatternChoice {
    var step: PatternStepDraft
    let binds: Set<PatternSlot>
    /// How many it looks at for each row that comes in.
    let work: Double
    /// How many rows it makes of each.
    let factor: Double
    var index: GraphIndex?
    /// A conjunct that the step itself makes true.
    var answered: Int?
    var isReversed = false

    /// The fewest rows first, of equal ones the least work.
    var order: (Double, Double) { (factor, work) }
}

/// The first steps of a plan.
struct PatternDraft {
    var steps: [PatternStepDraft] = []
    var bound: Set<PatternSlot> = []
    var answered: Set<Int> = []
    var indexes: [GraphIndex] = []
    var reversed: Set<Int> = []
    /// How many rows come out of the last step, by estimate.
    var rows = 1.0
    /// How many rows all steps handle, by estimate.
    var cost = 0.0

    func hasNode(_ place: Int) -> Bool { bound.contains(.node(place)) }
}
