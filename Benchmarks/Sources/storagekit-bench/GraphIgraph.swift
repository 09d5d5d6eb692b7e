import CBaseline

/// The suite's graph in igraph's C library.
final class GraphIgraph: Sendable {
    // Immutable once it is made; igraph allows any number of threads to read a graph.
    nonisolated(unsafe) private let graph: OpaquePointer

    init(_ edges: GraphBenchmarkEdges) throws {
        let graph = graph_igraph_open(
            UInt32(GraphBenchmarkEdges.nodeCount), edges.sources, edges.targets, edges.weights,
            Int64(edges.count))
        guard let graph else { throw BenchmarkError.baselineFailed("graph_igraph_open") }
        self.graph = graph
    }

    deinit { graph_igraph_close(graph) }

    func levels(from source: UInt32) -> [Int32] {
        GraphBaseline.values { check(graph_igraph_bfs(graph, source, $0)) }
    }

    func distances(from source: UInt32) -> [Double] {
        GraphBaseline.values { check(graph_igraph_sssp(graph, source, $0)) }
    }

    func ranks() -> [Double] {
        GraphBaseline.values { check(graph_igraph_pagerank(graph, 0.85, $0)) }
    }

    func components() -> [UInt32] {
        GraphBaseline.values { check(graph_igraph_wcc(graph, $0)) }
    }

    func neighbours(_ nodes: [UInt32]) -> Int64 {
        graph_igraph_neighbours(graph, nodes, Int32(nodes.count))
    }

    func friendsOfFriends(_ nodes: [UInt32]) -> Int64 {
        graph_igraph_fof(graph, nodes, Int32(nodes.count))
    }

    static func load(_ text: [UInt8]) -> Int64 {
        text.withUnsafeBytes {
            graph_igraph_load($0.bindMemory(to: CChar.self).baseAddress, $0.count)
        }
    }

    private func check(_ result: Int32) {
        precondition(result == 0, "igraph reported an error")
    }
}
