import GraphInMemory
import StorageKit
import Testing

@Suite("Centralities of a graph")
struct CentralityTests {
    /// With weights that add up exactly, and none of 0.
    static let graphs = (0..<60 as Range<UInt64>).map { seed in
        var graph = SmallGraph.random(seed: seed)
        if let weights = graph.weights {
            graph.weights = weights.indices.map { Double(1 + (seed + UInt64($0)) % 4) }
        }
        return graph
    }

    @Test("betweenness is the share of shortest ways through a node", arguments: graphs)
    func betweenness(graph: SmallGraph) async throws {
        let values = try await graph.projection().betweenness().values
        let expected = graph.betweenness()
        #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(graph)")
        let normalized = try await graph.projection().betweenness(isNormalized: true).values
        #expect(normalized.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 })
    }

    @Test("all nodes as samples give the exact values, and the same seed the same estimate")
    func samples() async throws {
        let graph = try SmallGraph.random(seed: 11).projection()
        let exact = try await graph.betweenness().values
        let all = try await graph.betweenness(samples: graph.nodeCount).values
        #expect(zip(exact, all).allSatisfy { abs($0 - $1) < 1e-9 })
        let first = try await graph.betweenness(samples: 3, seed: 4).values
        #expect(try await graph.betweenness(samples: 3, seed: 4).values == first)
    }

    @Test("a weight of zero, which leaves no order of ways, is refused")
    func zero() async throws {
        let graph = try GraphProjection(nodeCount: 2, edges: [(0, 1)], weights: [0])
        do {
            _ = try await graph.betweenness()
            Issue.record("it was taken")
        } catch { #expect(error.code == .invalidArgument) }
    }

    @Test("a relationship that weighs infinitely much is on no way")
    func infinite() async throws {
        for weight in [Double.infinity, .greatestFiniteMagnitude] {
            let graph = try GraphProjection(
                nodeCount: 4, edges: [(0, 1), (1, 2), (2, 3)], weights: [weight, 1, weight])
            let values = try await graph.betweenness().values
            // Twice the greatest number is infinite; once is not.
            #expect(values == (weight == .infinity ? [0, 0, 0, 0] : [0, 1, 1, 0]))
        }
    }

    @Test("personal ranks are those of walks that begin at the sources", arguments: graphs)
    func personal(graph: SmallGraph) async throws {
        guard graph.nodeCount > 0 else { return }
        let ranks = try await graph.projection().personalisedPageRank(
            from: graph.nodeCount == 1
                ? [NodeID(0): 2] : [NodeID(0): 3, NodeID(UInt64(graph.nodeCount - 1)): 1],
            damping: 0.6,
            iterations: 7, tolerance: 0)
        let expected = graph.personalRanks(damping: 0.6, iterations: 7)
        #expect(zip(ranks.values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(abs(ranks.values.reduce(0, +) - 1) < 1e-9)
    }

    @Test("sources are there, and weigh something")
    func sources() async throws {
        let graph = try GraphProjection(nodeCount: 1, edges: [])
        for (sources, code) in [
            ([NodeID: Double](), StorageError.Code.invalidArgument),
            ([NodeID(0): 0], .invalidArgument), ([NodeID(1): 1], .notFound),
        ] {
            do {
                _ = try await graph.personalisedPageRank(from: sources)
                Issue.record("\(sources) were taken")
            } catch { #expect(error.code == code) }
        }
    }
}

extension SmallGraph {
    /// From the definition: for each pair, the share of its shortest ways through each node.
    func betweenness() -> [Double] {
        var totals = [Double](repeating: 0, count: nodeCount)
        let distances = (0..<nodeCount).map { self.distances(from: $0) }
        let counts = (0..<nodeCount).map { wayCounts(from: $0, distances[$0]) }
        for source in 0..<nodeCount {
            for target in 0..<nodeCount where source != target && counts[source][target] > 0 {
                for node in 0..<nodeCount where node != source && node != target {
                    guard
                        distances[source][node] + distances[node][target]
                            == distances[source][target]
                    else { continue }
                    totals[node] +=
                        counts[source][node] * counts[node][target] / counts[source][target]
                }
            }
        }
        return orientation == .undirected ? totals.map { $0 / 2 } : totals
    }

    /// How many shortest ways lead to each node, the nearest nodes first.
    private func wayCounts(from source: Int, _ distances: [Double]) -> [Double] {
        var counts = [Double](repeating: 0, count: nodeCount)
        counts[source] = 1
        let order = distances.indices.filter { distances[$0] < .infinity }
            .sorted { distances[$0] < distances[$1] }
        for node in order where node != source {
            for before in order where distances[before] < distances[node] {
                for step in steps[before]
                where step.node == node && distances[before] + step.weight == distances[node] {
                    counts[node] += counts[before]
                }
            }
        }
        return counts
    }

    /// Walks that begin at the first node three times as often as at the last.
    func personalRanks(damping: Double, iterations: Int) -> [Double] {
        var starts = [Double](repeating: 0, count: nodeCount)
        starts[nodeCount - 1] += nodeCount == 1 ? 1 : 0.25
        if nodeCount > 1 { starts[0] += 0.75 }
        var ranks = starts
        for _ in 0..<iterations {
            var next = starts.map { $0 * (1 - damping) }
            for node in 0..<nodeCount {
                for step in steps[node] {
                    next[step.node] += damping * ranks[node] / Double(steps[node].count)
                }
                guard steps[node].isEmpty else { continue }
                for place in next.indices { next[place] += damping * ranks[node] * starts[place] }
            }
            ranks = next
        }
        return ranks
    }
}
