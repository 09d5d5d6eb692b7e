internal import StorageKit
internal import Synchronization

/// One iteration over the matches of a pattern, on the state of its first batch.
///
/// The first batches are small, so that who wants one match pays for few. A turn of work without a
/// match lets other tasks have the thread, and looks whether this one was cancelled.
final class PatternSource: ResultSource {
    private static var firstBatch: Int { 8 }
    private static var largestBatch: Int { 512 }
    static var turn: Int { 10_000 }

    private struct Begun: Sendable {
        let plan: PatternPlan
        let state: GraphState
        let execution: any PatternExecuting
        var batchSize = PatternSource.firstBatch
        var isOver = false
    }

    private enum Phase: Sendable {
        case fresh
        case begun(Begun)
        case over
    }

    private let pattern: GraphPattern
    /// The present state; throws when nothing may be read any more.
    private let state: @Sendable () throws(StorageError) -> GraphState
    private let phase = Mutex(Phase.fresh)

    init(
        _ pattern: GraphPattern, in state: @escaping @Sendable () throws(StorageError) -> GraphState
    ) {
        self.pattern = pattern
        self.state = state
    }

    func nextBatch() async throws(StorageError) -> [GraphMatch] {
        while let begun = try begin() {
            let turn = begun.execution.turn(begun.batchSize, work: Self.turn)
            advance(past: turn)
            if !turn.rows.isEmpty { return turn.rows.map { begun.plan.match($0, in: begun.state) } }
            if turn.isOver { return [] }
            await Task.yield()
        }
        return []
    }

    func close() { phase.withLock { $0 = .over } }

    /// The execution that goes on, begun if it was not; `nil` at its end.
    private func begin() throws(StorageError) -> Begun? {
        guard !Task.isCancelled else { throw .cancelled(operation: "matches") }
        let present = try state()
        switch phase.withLock(\.self) {
        case .begun(let begun): return begun.isOver ? nil : begun
        case .over: return nil
        case .fresh:
            let plan = try PatternPlanner(pattern, in: present).plan()
            let begun = Begun(
                plan: plan, state: present, execution: present.execution(of: plan))
            phase.withLock { if case .fresh = $0 { $0 = .begun(begun) } }
            return begun
        }
    }

    private func advance(past turn: PatternTurn) {
        phase.withLock { phase in
            guard case .begun(var begun) = phase else { return }
            begun.isOver = turn.isOver
            begun.batchSize = min(begun.batchSize * 4, Self.largestBatch)
            phase = .begun(begun)
        }
    }
}
