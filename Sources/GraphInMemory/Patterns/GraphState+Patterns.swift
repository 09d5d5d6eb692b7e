internal import StorageKit

/// What ``GraphMatching`` and ``ExplainingGraphStore`` ask, of one state.
extension GraphState {
    /// How many matches a pattern has.
    func count(of pattern: GraphPattern) async throws(StorageError) -> Int {
        try pattern.check()
        var counted = pattern
        // The order does not change how many there are, and without distinct nothing is read.
        counted.order = []
        if !counted.isDistinct { counted.selection = [] }
        let plan = try PatternPlanner(counted, in: self).plan()
        return try await run(execution(of: plan))
    }

    /// How the matches of a pattern would be found.
    func explain(_ pattern: GraphPattern) throws(StorageError) -> GraphPlan {
        try PatternPlanner(pattern, in: self).plan().described
    }

    /// Finds all matches of a pattern, and says what each step did.
    func profile(_ pattern: GraphPattern) async throws(StorageError) -> GraphProfile {
        let plan = try PatternPlanner(pattern, in: self).plan()
        let execution = execution(of: plan)
        _ = try await run(execution)
        let described = plan.described
        let steps = zip(described.steps, execution.counts).map { step, count in
            GraphProfile.Step(step, rows: count.rows, relationships: count.relationships)
        }
        return GraphProfile(plan: described, steps: steps)
    }

    /// Runs to the end, turn by turn.
    ///
    /// - Returns: How many rows there were.
    private func run(_ execution: any PatternExecuting) async throws(StorageError) -> Int {
        var count = 0
        while true {
            guard !Task.isCancelled else { throw .cancelled(operation: "matches") }
            let turn = execution.turn(1_024, work: PatternSource.turn)
            count += turn.rows.count
            if turn.isOver { return count }
            await Task.yield()
        }
    }
}
