import GraphInMemory
import StorageKit
import Testing

/// The expected outputs of LDBC Graphalytics, all of them.
@Suite(
    "Graph algorithms and LDBC Graphalytics",
    .enabled(
        if: GraphalyticsGraph.exist,
        "DATA ABSENT: the validation graphs, expected in ../shared/data/graphalytics"))
struct GraphalyticsTests {
    typealias Orientation = GraphProjection.Orientation

    @Test("breadth-first search", arguments: [Orientation.directed, .undirected])
    func levels(orientation: Orientation) async throws {
        let graph = try GraphalyticsGraph("bfs", orientation)
        let levels = try await graph.projection.breadthFirstLevels(from: graph.place(of: 1))
        #expect(levels.values.map { String($0) } == graph.expected)
    }

    @Test("PageRank", arguments: [(Orientation.directed, 14), (.undirected, 26)])
    func ranks(orientation: Orientation, iterations: Int) async throws {
        let graph = try GraphalyticsGraph("pr", orientation)
        let ranks = try await graph.projection.pageRank(damping: 0.85, iterations: iterations)
        expect(ranks.values, graph.expected)
    }

    @Test("weakly connected components", arguments: [Orientation.directed, .undirected])
    func components(orientation: Orientation) async throws {
        let graph = try GraphalyticsGraph("wcc", orientation)
        let components = try await graph.projection.weaklyConnectedComponents()
        // The names may differ: each of ours stands for one of theirs, and the other way around.
        let pairs = Set(zip(components.values.map(graph.vertex), graph.expected).map { [$0, $1] })
        #expect(Set(pairs.map { $0[0] }).count == pairs.count)
        #expect(Set(pairs.map { $0[1] }).count == pairs.count)
    }

    @Test(
        "community detection by label propagation", arguments: [Orientation.directed, .undirected])
    func labels(orientation: Orientation) async throws {
        let graph = try GraphalyticsGraph("cdlp", orientation)
        let labels = try await graph.projection.labelPropagation(iterations: 5)
        #expect(labels.values.map(graph.vertex) == graph.expected)
    }

    @Test("local clustering coefficient", arguments: [Orientation.directed, .undirected])
    func clustering(orientation: Orientation) async throws {
        let graph = try GraphalyticsGraph("lcc", orientation)
        expect(try await graph.projection.localClusteringCoefficients().values, graph.expected)
    }

    @Test("single-source shortest paths", arguments: [Orientation.directed, .undirected])
    func distances(orientation: Orientation) async throws {
        let graph = try GraphalyticsGraph("sssp", orientation)
        let distances = try await graph.projection.shortestDistances(from: graph.place(of: 1))
        expect(distances.values, graph.expected)
    }

    /// Within the tolerance of Graphalytics.
    private func expect(_ values: [Double], _ expected: [String]) {
        #expect(values.count == expected.count && !expected.isEmpty)
        for (value, text) in zip(values, expected) {
            let expected = Double(text) ?? .nan
            #expect(value == expected || abs(value - expected) <= 1e-4 * expected)
        }
    }
}
