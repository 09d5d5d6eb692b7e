import GraphInMemory
import StorageKit
import Testing

/// Each algorithm against its definition, on the same random graphs.
@Suite("Graph algorithms and their definitions")
struct AlgorithmDefinitionTests {
    static let graphs = (0..<160 as Range<UInt64>).map(SmallGraph.random)

    @Test("levels are the lengths of the shortest ways", arguments: graphs)
    func levels(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        for source in 0..<min(graph.nodeCount, 3) {
            let levels = try await projection.breadthFirstLevels(from: id(source))
            let expected = graph.distances(from: source, weighted: false).map {
                $0 == .infinity ? GraphProjection.unreachableLevel : Int($0)
            }
            #expect(levels.values == expected)
        }
    }

    @Test("distances are what relaxing every edge comes to", arguments: graphs)
    func distances(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        for source in 0..<min(graph.nodeCount, 3) {
            let distances = try await projection.shortestDistances(from: id(source))
            #expect(distances.values == graph.distances(from: source))
        }
    }

    @Test("ranks are those of pushing along every edge", arguments: graphs)
    func ranks(graph: SmallGraph) async throws {
        let ranks = try await graph.projection().pageRank(damping: 0.7, iterations: 9)
        let expected = graph.ranks(damping: 0.7, iterations: 9)
        #expect(ranks.values.count == expected.count)
        #expect(zip(ranks.values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test("weak components are what can be reached when arrows do not count", arguments: graphs)
    func weakComponents(graph: SmallGraph) async throws {
        let components = try await graph.projection().weaklyConnectedComponents()
        #expect(components.values == graph.weakComponents().map(id))
    }

    @Test("strong components are what can be reached there and back", arguments: graphs)
    func strongComponents(graph: SmallGraph) async throws {
        let components = try await graph.projection().stronglyConnectedComponents()
        #expect(components.values == graph.strongComponents().map(id))
    }

    @Test("labels are those of counting every vote", arguments: graphs)
    func labels(graph: SmallGraph) async throws {
        for iterations in [0, 1, 2, 7] {
            let labels = try await graph.projection().labelPropagation(iterations: iterations)
            #expect(labels.values == graph.labels(iterations: iterations).map(id))
        }
    }

    @Test("clustering is the share of pairs of neighbours with an edge", arguments: graphs)
    func clustering(graph: SmallGraph) async throws {
        let coefficients = try await graph.projection().localClusteringCoefficients()
        #expect(coefficients.values == graph.clusteringCoefficients())
    }

    private func id(_ node: Int) -> NodeID { NodeID(UInt64(node)) }
}
