import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import GraphInMemory

@Suite("The state of a graph, compared with dictionaries")
struct GraphStateModelTests {
    @Test(
        "random changes, with snapshots and merges at random moments, give the same graph",
        arguments: 0..<12)
    func randomChanges(round: Int) throws {
        var run = ModelRun(seed: testSeed &+ UInt64(round))
        run.changes.typeCount = round % 3 == 0 ? 30 : 3
        try run.go(steps: 1_200)
        run.expectSame()
    }

    @Test("a graph of many nodes and few relationships keeps sparse rows", arguments: 0..<2)
    func sparse(round: Int) throws {
        var run = ModelRun(seed: testSeed &+ UInt64(round))
        try run.load(nodes: 1_500)
        run.changes.nodeTarget = 1_500
        try run.go(steps: 200)
        run.expectSame()
        #expect(run.state.adjacency.types.contains { $0.outgoing.base.nodes != nil })
    }
}

/// A state and its model under the same random changes.
private struct ModelRun {
    var changes: RandomChanges
    private(set) var state = GraphState()
    private var model = NaiveGraph()
    private var snapshots: [(GraphState, NaiveGraph)] = []
    private var merges: [GraphMerge] = []
    private let seed: UInt64

    init(seed: UInt64) {
        self.seed = seed
        changes = RandomChanges(generator: SeededGenerator(seed: seed))
    }

    mutating func load(nodes count: Int) throws {
        for _ in 0..<count { try apply(.createNode(state.nextNode, labels: [])) }
    }

    mutating func go(steps: Int) throws {
        for _ in 0..<steps {
            for change in changes.draw(for: state) { try apply(change) }
            switch Int.random(in: 0..<120, using: &changes.generator) {
            case 0: snapshots.append((state, model))
            case 1, 2: merges.append(state.merged())
            case 3, 4: merges.popLast().map { _ = state.install($0) }
            case 5: state.install(state.merged())
            default: break
            }
        }
    }

    private mutating func apply(_ change: GraphChange) throws {
        try state.apply(change)
        model.apply(change)
    }

    func expectSame() {
        model.expectSame(state, "seed \(seed)")
        for (state, model) in snapshots { model.expectSame(state, "snapshot, seed \(seed)") }
        var merged = state
        let isInstalled = merged.install(merged.merged())
        #expect(isInstalled)
        #expect(merged.pendingCount == 0)
        model.expectSame(merged, "merged, seed \(seed)")
    }
}
