import GraphInMemory
import StorageKit

extension GraphSuite {
    /// igraph's PageRank goes on until it has converged, and so does ours beside it.
    private static let (mostIterations, tolerance) = (200, 1e-10)

    static func igraphCases(_ graph: GraphBenchmarkData) -> [BenchmarkCase] {
        [bfs(graph), pageRank(graph), wcc(graph), sssp(graph)]
    }

    private static func bfs(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        BenchmarkCase(
            id: "graph.bfs.igraph", summary: "levels of all nodes, against igraph_bfs",
            operation: "edges", operationCount: graph.edges.count,
            ours: { try await levels(graph) },
            baseline: { checkSum(graph.igraph.levels(from: graph.hub)) { Int64($0) } })
    }

    private static func pageRank(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        BenchmarkCase(
            id: "graph.pagerank.igraph",
            summary: "until less than 1e-10 moves, against igraph_pagerank by PRPACK",
            operation: "edges", operationCount: graph.edges.count,
            ours: { checkSum(try await convergedRanks(graph), ofRank) },
            baseline: { checkSum(graph.igraph.ranks(), ofRank) })
    }

    private static func wcc(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        // igraph numbers the components in its own way: only how many there are can be compared.
        BenchmarkCase(
            id: "graph.wcc.igraph",
            summary: "weakly connected components, against igraph_connected_components",
            operation: "edges", operationCount: graph.edges.count,
            ours: {
                let components = try await graph.projection.weaklyConnectedComponents()
                return sameness(components.values)
            },
            baseline: { sameness(graph.igraph.components()) })
    }

    private static func sssp(_ graph: GraphBenchmarkData) -> BenchmarkCase {
        BenchmarkCase(
            id: "graph.sssp.igraph",
            summary: "distances of all nodes, against igraph_distances_dijkstra",
            operation: "edges", operationCount: graph.edges.count,
            ours: { try await distances(graph) },
            baseline: { checkSum(graph.igraph.distances(from: graph.hub)) { Int64($0) } })
    }

    static func convergedRanks(_ graph: GraphBenchmarkData) async throws -> [Double] {
        try await graph.projection.pageRank(iterations: mostIterations, tolerance: tolerance).values
    }

    /// How many of some nodes are in the component of the hub's neighbour before them: a number
    /// that does not depend on how components are called.
    private static func sameness<Name: Equatable>(_ components: [Name]) -> Int64 {
        checkSum(Array(components.indices)) { components[$0] == components[0] ? 1 : 0 }
    }
}
