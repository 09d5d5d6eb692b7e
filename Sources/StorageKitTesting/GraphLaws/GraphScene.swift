import StorageKit

/// A graph store under examination.
struct GraphScene<Harness: GraphHarness>: SceneWithTasks {
    typealias Store = Harness.Subject

    let harness: Harness
    let store: Store
    let context: ConformanceContext
    var executor: InterleavingExecutor?

    init(_ harness: Harness, _ store: Store, _ context: ConformanceContext) {
        self.harness = harness
        self.store = store
        self.context = context
    }

    /// Makes so many nodes of a label.
    func makeNodes(_ count: Int, _ label: GraphLabel = "Thing") async throws -> [NodeID] {
        context.note("create \(count) nodes of \(label)")
        return try await store.createNodes(
            (0..<count).map { GraphNodeDraft([label], ["n": .integer(Int64($0))]) })
    }

    /// The nodes next to one, in the order of their ids, each as often as it comes.
    func neighbours(_ node: NodeID, _ expansion: GraphExpansion) async throws -> [NodeID] {
        context.note("neighbours of \(node), \(expansion)")
        var found: [NodeID] = []
        for try await neighbour in store.neighbours(of: node, expansion) {
            found.append(neighbour.node)
        }
        return found.sorted()
    }

    func property(_ key: PropertyKey, of node: NodeID) async throws -> GraphValue? {
        try await store.node(node)?[key]
    }
}
