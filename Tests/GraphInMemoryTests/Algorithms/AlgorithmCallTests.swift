import GraphInMemory
import StorageKit
import StorageKitTesting
import Synchronization
import Testing

/// What all algorithms have in common: arguments, progress, cancellation, and size.
@Suite("Calls of graph algorithms")
struct AlgorithmCallTests {
    typealias Progress = @Sendable (AlgorithmProgress) -> Void

    struct Algorithm: CustomStringConvertible, Sendable {
        let description: String
        /// Whether it looks at all edges many times.
        var isHeavy = false
        let run: @Sendable (GraphProjection, Progress?) async throws -> Void

        var graph: Result<GraphProjection, any Error> { isHeavy ? smallGraph : denseGraph }
    }

    private static let first = NodeID(0)

    static let algorithms = [
        Algorithm(description: "breadthFirstLevels") {
            _ = try await $0.breadthFirstLevels(from: first, progress: $1)
        },
        Algorithm(description: "pageRank") { _ = try await $0.pageRank(progress: $1) },
        Algorithm(description: "weaklyConnectedComponents") {
            _ = try await $0.weaklyConnectedComponents(progress: $1)
        },
        Algorithm(description: "stronglyConnectedComponents") {
            _ = try await $0.stronglyConnectedComponents(progress: $1)
        },
        Algorithm(description: "labelPropagation") {
            _ = try await $0.labelPropagation(progress: $1)
        },
        Algorithm(description: "localClusteringCoefficients") {
            _ = try await $0.localClusteringCoefficients(progress: $1)
        },
        Algorithm(description: "shortestDistances") {
            _ = try await $0.shortestDistances(from: first, progress: $1)
        },
        Algorithm(description: "betweenness", isHeavy: true) {
            _ = try await $0.betweenness(samples: 20, progress: $1)
        },
        Algorithm(description: "triangles") { _ = try await $0.triangles(progress: $1) },
        Algorithm(description: "communities", isHeavy: true) {
            _ = try await $0.communities(progress: $1)
        },
        Algorithm(description: "shortestRoutes", isHeavy: true) {
            _ = try await $0.shortestRoutes(
                from: first, to: NodeID(UInt64($0.nodeCount - 1)), count: 5, progress: $1)
        },
        Algorithm(description: "personalisedPageRank") {
            _ = try await $0.personalisedPageRank(from: [first: 1], progress: $1)
        },
    ]

    @Test("tell how far they are, never less than before", arguments: algorithms)
    func progress(algorithm: Algorithm) async throws {
        let reports = Mutex<[AlgorithmProgress]>([])
        try await algorithm.run(algorithm.graph.get()) { report in
            reports.withLock { $0.append(report) }
        }
        let all = reports.withLock { $0 }
        #expect(all.count > 1)
        #expect(all.allSatisfy { $0.algorithm == algorithm.description })
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.done <= $1.done })
        #expect(all.allSatisfy { $0.done <= $0.total ?? .max })
        #expect((all.last?.done ?? 0) > 0)
    }

    @Test("end with an error when they are cancelled on the way", arguments: algorithms)
    func cancellation(algorithm: Algorithm) async throws {
        let graph = try algorithm.graph.get()
        let reports = Mutex(0)
        let task = Task {
            try await algorithm.run(graph) { _ in
                reports.withLock { $0 += 1 }
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        let error = await #expect(throws: StorageError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(reports.withLock { $0 } == 1)
    }

    @Test(
        "a way of 60,000 nodes needs no deep stack",
        arguments: algorithms.filter { !$0.isHeavy })
    func longWay(algorithm: Algorithm) async throws {
        try await algorithm.run(Self.ring.get(), nil)
    }

    @Test("a ring is one strong component")
    func ring() async throws {
        let components = try await Self.ring.get().stronglyConnectedComponents()
        #expect(components.values.allSatisfy { $0 == Self.first })
    }

    @Test("a source that is not in the projection is not found")
    func unknownSource() async throws {
        let projection = try GraphProjection(nodeCount: 2, edges: [(0, 1)])
        for node in [NodeID(2), NodeID(.max)] {
            let levels = await #expect(throws: StorageError.self) {
                _ = try await projection.breadthFirstLevels(from: node)
            }
            #expect(levels?.code == .notFound)
            let distances = await #expect(throws: StorageError.self) {
                _ = try await projection.shortestDistances(from: node)
            }
            #expect(distances?.code == .notFound)
        }
    }

    @Test(
        "a weight that is negative or not a number is refused",
        arguments: [-1, -Double.infinity, .nan] as [Double])
    func badWeights(weight: Double) async throws {
        let projection = try GraphProjection(
            nodeCount: 2, edges: [(0, 1), (1, 0)], weights: [1, weight])
        let error = await #expect(throws: StorageError.self) {
            _ = try await projection.shortestDistances(from: Self.first)
        }
        #expect(error?.code == .invalidArgument)
    }

    @Test("a damping that is no share, and fewer iterations than none, are refused")
    func badArguments() async throws {
        let projection = try GraphProjection(nodeCount: 2, edges: [(0, 1)])
        for (damping, iterations) in [(-0.1, 1), (1.1, 1), (.nan, 1), (0.5, -1)] {
            let error = await #expect(throws: StorageError.self) {
                _ = try await projection.pageRank(damping: damping, iterations: iterations)
            }
            #expect(error?.code == .invalidArgument)
        }
        let error = await #expect(throws: StorageError.self) {
            _ = try await projection.labelPropagation(iterations: -1)
        }
        #expect(error?.code == .invalidArgument)
    }

    @Test("ranks stop moving once the tolerance is met, and add up to 1")
    func tolerance() async throws {
        let projection = try Self.graph(nodes: 300, edges: 900)
        let iterations = Mutex(0)
        let ranks = try await projection.pageRank(iterations: 500, tolerance: 1e-9) { report in
            iterations.withLock { $0 = report.done }
        }
        #expect((5..<300).contains(iterations.withLock { $0 }))
        let exact = try await projection.pageRank(iterations: 500)
        #expect(zip(ranks.values, exact.values).allSatisfy { abs($0 - $1) < 1e-8 })
        #expect(abs(ranks.values.reduce(0, +) - 1) < 1e-9)
    }

    @Test("large graphs come out the same by other ways")
    func large() async throws {
        var graph = Self.edges(nodes: 20_000, edges: 60_000)
        graph.weights = graph.edges.indices.map { Double($0 % 100 + 1) }
        let projection = try graph.projection()
        let distances = try await projection.shortestDistances(from: Self.first)
        #expect(distances.values == graph.distances(from: 0))
        // The same in a unit for which the buckets are too wide to do without a heap.
        graph.weights = graph.weights?.map { $0 == 1 ? 0 : $0 }
        let closer = try await graph.projection().shortestDistances(from: Self.first)
        #expect(closer.values == graph.distances(from: 0))
        let levels = try await projection.breadthFirstLevels(from: Self.first)
        let expected = graph.distances(from: 0, weighted: false).map {
            $0 == .infinity ? GraphProjection.unreachableLevel : Int($0)
        }
        #expect(levels.values == expected)
    }

    /// Of enough edges for each algorithm to give way on its way.
    private static let denseGraph = Result { try graph(nodes: 10_000, edges: 560_000) }
    private static let smallGraph = Result { try graph(nodes: 2_000, edges: 90_000) }
    private static let ring = Result {
        try GraphProjection(
            nodeCount: 60_000, edges: (0..<60_000).map { ($0, ($0 + 1) % 60_000) })
    }

    private static func graph(nodes: Int, edges: Int) throws -> GraphProjection {
        var graph = Self.edges(nodes: nodes, edges: edges)
        graph.weights = graph.edges.indices.map { Double($0 % 7 + 1) }
        return try graph.projection()
    }

    private static func edges(nodes: Int, edges: Int) -> SmallGraph {
        var random = SeededGenerator(seed: 11)
        let edges = (0..<edges).map { _ in
            (
                source: Int.random(in: 0..<nodes, using: &random),
                target: Int.random(in: 0..<nodes, using: &random)
            )
        }
        return SmallGraph(nodeCount: nodes, edges: edges)
    }
}
