import GraphInMemory
import StorageKit

extension GraphSuite {
    /// Makes sure that both sides answer the same for all nodes, before anything is measured.
    static func check(_ graph: GraphBenchmarkData) async throws {
        try await checkSearches(graph)
        try await checkRanks(graph)
        try await checkComponents(graph)
    }

    private static func checkSearches(_ graph: GraphBenchmarkData) async throws {
        let hub = NodeID(UInt64(graph.hub))
        let levels = try await graph.projection.breadthFirstLevels(from: hub).values.map {
            Int32(ofLevel($0))
        }
        try require(levels == graph.baseline.levels(from: graph.hub), "graph.bfs")
        try require(levels == graph.igraph.levels(from: graph.hub), "graph.bfs.igraph")
        let distances = try await graph.projection.shortestDistances(from: hub).values.map {
            Double(ofDistance($0))
        }
        try require(distances == graph.baseline.distances(from: graph.hub), "graph.sssp")
        try require(distances == graph.igraph.distances(from: graph.hub), "graph.sssp.igraph")
    }

    private static func checkRanks(_ graph: GraphBenchmarkData) async throws {
        let ranks = try await graph.projection.pageRank(iterations: iterations).values
        try require(
            areClose(ranks, graph.baseline.ranks(iterations: iterations)), "graph.pagerank")
        let converged = try await convergedRanks(graph)
        try require(areClose(converged, graph.igraph.ranks()), "graph.pagerank.igraph")
    }

    private static func checkComponents(_ graph: GraphBenchmarkData) async throws {
        let ours = try await graph.projection.weaklyConnectedComponents().values.map {
            UInt32($0.rawValue)
        }
        try require(ours == graph.baseline.components(), "graph.wcc")
        try require(ours == byTheirSmallest(graph.igraph.components()), "graph.wcc.igraph")
    }

    /// Components named by their smallest nodes.
    private static func byTheirSmallest(_ components: [UInt32]) -> [UInt32] {
        var smallest: [UInt32: UInt32] = [:]
        for (node, component) in components.enumerated() where smallest[component] == nil {
            smallest[component] = UInt32(node)
        }
        return components.map { smallest[$0] ?? 0 }
    }

    private static func areClose(_ left: [Double], _ right: [Double]) -> Bool {
        zip(left, right).allSatisfy { abs($0 - $1) <= 1e-6 * max($0, $1) }
    }

    static func require(_ isTrue: Bool, _ id: String) throws {
        guard isTrue else { throw BenchmarkError.notAsPromised(id, "the answers differ") }
    }
}
