import Foundation
import GraphInMemory
import StorageKit
import Testing

@Suite("Communities of a graph")
struct CommunityTests {
    static let graphs = (0..<80 as Range<UInt64>).map { seed in
        var graph = SmallGraph.random(seed: seed)
        graph.weights = graph.weights.map { $0.map { min($0, 100) } }
        return graph
    }

    @Test("the modularity is that of its definition, and no worse than apart", arguments: graphs)
    func modularity(graph: SmallGraph) async throws {
        for resolution in [0.5, 1, 2] {
            let found = try await graph.projection().communities(resolution: resolution)
            let values = found.communities.values
            let modularity = graph.modularity(values, resolution)
            #expect(abs(found.modularity - modularity) < 1e-9, "\(graph)")
            let apart = graph.modularity(Array(0..<graph.nodeCount), resolution)
            #expect(modularity >= apart - 1e-9)
            #expect(Set(values) == Set(0..<found.count))
            let sizes = (0..<found.count).map { number in values.count { $0 == number } }
            #expect(sizes == sizes.sorted(by: >))
        }
    }

    @Test("two cliques that one edge connects are two communities, whatever the seed")
    func cliques() async throws {
        var edges: [(source: Int, target: Int)] = [(0, 5)]
        for base in [0, 5] {
            for first in 0..<5 {
                for second in (first + 1)..<5 { edges.append((base + first, base + second)) }
            }
        }
        edges.removeAll { $0.source == $0.target }
        let graph = try GraphProjection(nodeCount: 10, edges: edges, orientation: .undirected)
        for seed in 1...20 as ClosedRange<UInt64> {
            let found = try await graph.communities(seed: seed)
            #expect(found.communities.values == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
            #expect(found.count == 2)
        }
    }

    @Test("the same seed gives the same communities", arguments: graphs.prefix(24))
    func seeds(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        for seed in 1...3 as ClosedRange<UInt64> {
            let first = try await projection.communities(seed: seed)
            let second = try await projection.communities(seed: seed)
            #expect(first.communities.values == second.communities.values)
            #expect(first.modularity == second.modularity && first.levels == second.levels)
        }
    }

    @Test("a resolution that is not a number above zero, and infinite weights, are refused")
    func refusals() async throws {
        let graph = try GraphProjection(nodeCount: 2, edges: [(0, 1)])
        for resolution in [0, -1, .nan, .infinity] as [Double] {
            let error = await #expect(throws: StorageError.self) {
                _ = try await graph.communities(resolution: resolution)
            }
            #expect(error?.code == .invalidArgument)
        }
        for weight in [Double.infinity, .greatestFiniteMagnitude] {
            let heavy = try GraphProjection(
                nodeCount: 2, edges: [(0, 1), (1, 0)], weights: [weight, weight])
            let error = await #expect(throws: StorageError.self) {
                _ = try await heavy.communities()
            }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test(
        "the karate club has four communities, and its known centralities",
        .enabled(
            if: KarateClub.exists, "DATA ABSENT: the karate club, in ../shared/data/graphs"))
    func karate() async throws {
        let graph = try KarateClub.projection()
        var best = 0.0
        for seed in 1...10 as ClosedRange<UInt64> {
            best = max(best, try await graph.communities(seed: seed).modularity)
        }
        // The best that there is: 0.4198, U. Brandes et al., On Modularity Clustering, 2008.
        #expect(best > 0.415 && best < 0.41980)
        #expect(try await graph.triangles().values.reduce(0, +) == 3 * 45)
        let betweenness = try await graph.betweenness()
        #expect(abs((betweenness[NodeID(0)] ?? 0) - 231.0714285714) < 1e-6)
        #expect(abs((betweenness[NodeID(33)] ?? 0) - 160.5515873015) < 1e-6)
    }
}

enum KarateClub {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data/graphs/karate.csv").standardized

    static var exists: Bool { FileManager.default.fileExists(atPath: file.path) }

    /// Without weights, as in the literature.
    static func projection() throws -> GraphProjection {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let edges = lines.dropFirst().map { line in
            let numbers = line.split(separator: ",").compactMap { Int($0) }
            return (source: numbers[0], target: numbers[1])
        }
        return try GraphProjection(nodeCount: 34, edges: edges, orientation: .undirected)
    }
}

extension SmallGraph {
    func modularity(_ communities: [Int], _ resolution: Double) -> Double {
        var degrees = [Double](repeating: 0, count: nodeCount)
        var (inside, total) = (0.0, 0.0)
        for (place, edge) in edges.enumerated() {
            let weight = weights?[place] ?? 1
            degrees[edge.source] += weight
            degrees[edge.target] += weight
            total += weight
            if communities[edge.source] == communities[edge.target] { inside += weight }
        }
        guard total > 0 else { return 0 }
        let squares = Set(communities).map { community in
            let degree = degrees.indices.filter { communities[$0] == community }
                .reduce(0) { $0 + degrees[$1] }
            return (degree / (2 * total)) * (degree / (2 * total))
        }
        return inside / total - resolution * squares.reduce(0, +)
    }
}
