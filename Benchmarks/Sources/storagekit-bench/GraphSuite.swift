import GraphInMemory
import StorageKit

/// `GraphInMemory` against a plain C program, and against igraph's C library, on the same graph.
enum GraphSuite: BenchmarkSuite {
    static let name = "graph"
    static let iterations = 20

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let graph = try await GraphBenchmarkData()
        try await check(graph)
        return try await [bfs(graph), pageRank(graph), wcc(graph), sssp(graph)] + igraphCases(graph)
            + readCases(graph) + loadCases(graph) + durableCases()
    }

    private static func bfs(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        BenchmarkCase(
            id: "graph.bfs", summary: "levels of all nodes from the one of the highest degree",
            operation: "edges", operationCount: graph.edges.count,
            ours: { try await levels(graph) },
            baseline: { checkSum(graph.baseline.levels(from: graph.hub)) { Int64($0) } })
    }

    private static func pageRank(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        BenchmarkCase(
            id: "graph.pagerank", summary: "\(iterations) iterations",
            operation: "edges", operationCount: graph.edges.count * iterations,
            ours: {
                let ranks = try await graph.projection.pageRank(iterations: iterations)
                return checkSum(ranks.values, ofRank)
            },
            baseline: { checkSum(graph.baseline.ranks(iterations: iterations), ofRank) })
    }

    private static func wcc(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        BenchmarkCase(
            id: "graph.wcc", summary: "weakly connected components, by their smallest nodes",
            operation: "edges", operationCount: graph.edges.count,
            ours: {
                let components = try await graph.projection.weaklyConnectedComponents()
                return checkSum(components.values) { Int64($0.rawValue) }
            },
            baseline: { checkSum(graph.baseline.components()) { Int64($0) } })
    }

    private static func sssp(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        BenchmarkCase(
            id: "graph.sssp", summary: "distances of all nodes from the one of the highest degree",
            operation: "edges", operationCount: graph.edges.count,
            ours: { try await distances(graph) },
            baseline: { checkSum(graph.baseline.distances(from: graph.hub)) { Int64($0) } })
    }

    static func levels(_ graph: GraphBenchmarkData) async throws -> Int64 {
        let hub = NodeID(UInt64(graph.hub))
        let levels = try await graph.projection.breadthFirstLevels(from: hub)
        return checkSum(levels.values, ofLevel)
    }

    static func distances(_ graph: GraphBenchmarkData) async throws -> Int64 {
        let hub = NodeID(UInt64(graph.hub))
        let distances = try await graph.projection.shortestDistances(from: hub)
        return checkSum(distances.values, ofDistance)
    }

    /// A number for what some nodes have; all nodes are compared before, by ``check(_:)``.
    static func checkSum<Value>(_ values: [Value], _ number: (Value) -> Int64) -> Int64 {
        var sum: Int64 = 1_000_000
        for place in stride(from: 0, to: values.count, by: 127) { sum += number(values[place]) }
        return sum
    }

    static func ofLevel(_ level: Int) -> Int64 {
        level == GraphProjection.unreachableLevel ? -1 : Int64(level)
    }

    static func ofDistance(_ distance: Double) -> Int64 {
        distance == .infinity ? -1 : Int64(distance)
    }

    /// Coarse enough for sums that were added up in another order.
    static func ofRank(_ rank: Double) -> Int64 { Int64((rank * 1e7).rounded()) }
}
