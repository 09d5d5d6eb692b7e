internal import StorageKit
internal import Synchronization

/// An execution of a pattern, whichever way the state's neighbours are walked.
protocol PatternExecuting: Sendable {
    /// The next rows, so many at the most, as far as so much work finds them.
    func turn(_ wanted: Int, work: Int) -> PatternTurn

    /// What each step has done so far.
    var counts: [(rows: Int, relationships: Int)] { get }
}

/// A run behind a lock, which nobody waits for: a sequence is read by one task at a time.
final class PatternExecution<Neighbours: Sequence<Adjacent> & Sendable>: PatternExecuting {
    private let results: Mutex<PatternResults<Neighbours>>

    init(
        _ plan: PatternPlan, in state: GraphState,
        _ look: @escaping @Sendable (NodeIndex, GraphDirection, [TypeSymbol]?) -> Neighbours
    ) {
        results = Mutex(PatternResults(PatternRun(plan, in: state, look)))
    }

    func turn(_ wanted: Int, work: Int) -> PatternTurn {
        results.withLock { $0.turn(wanted, work: work) }
    }

    var counts: [(rows: Int, relationships: Int)] {
        results.withLock { results in
            let plan = results.run.plan
            let steps = results.run.cursors.map { ($0.rows, $0.touched) }
            return steps
                + plan.resultSteps.map { step in
                    switch step {
                    case .distinct, .sort: (results.kept, 0)
                    case .skip(let count): (max(0, results.kept - count), 0)
                    case .limit: (results.given, 0)
                    }
                }
        }
    }
}

extension GraphState {
    /// Begins to look for the matches of a plan that was made for this state.
    func execution(of plan: PatternPlan) -> any PatternExecuting {
        PatternExecution(plan, in: self) { [self] node, direction, types in
            adjacent(to: node, direction, types: types)
        }
    }
}
