import CBaseline
import GraphInMemory
import StorageKit

/// The suite's graph in the plain C program.
final class GraphBaseline: Sendable {
    // Immutable once it is loaded; every call has memory of its own.
    nonisolated(unsafe) private let graph: OpaquePointer

    init(text: [UInt8]) throws {
        guard let graph = Self.load(text) else {
            throw BenchmarkError.baselineFailed("graph_baseline_load")
        }
        self.graph = graph
    }

    deinit { graph_baseline_close(graph) }

    private static func load(_ text: [UInt8]) -> OpaquePointer? {
        text.withUnsafeBytes {
            graph_baseline_load(
                $0.bindMemory(to: CChar.self).baseAddress, $0.count,
                UInt32(GraphBenchmarkEdges.nodeCount))
        }
    }

    var edgeCount: Int64 { graph_baseline_edge_count(graph) }

    func levels(from source: UInt32) -> [Int32] {
        Self.values { graph_baseline_bfs(graph, source, $0) }
    }

    func distances(from source: UInt32) -> [Double] {
        Self.values { graph_baseline_sssp(graph, source, $0) }
    }

    func ranks(iterations: Int) -> [Double] {
        Self.values { graph_baseline_pagerank(graph, 0.85, Int32(iterations), $0) }
    }

    func components() -> [UInt32] {
        Self.values { graph_baseline_wcc(graph, $0) }
    }

    func neighbours(_ nodes: [UInt32]) -> Int64 {
        graph_baseline_neighbours(graph, nodes, Int32(nodes.count))
    }

    func friendsOfFriends(_ nodes: [UInt32]) -> Int64 {
        graph_baseline_fof(graph, nodes, Int32(nodes.count))
    }

    /// Memory for a value for each node, filled by C.
    static func values<Value: BitwiseCopyable>(
        _ fill: (UnsafeMutablePointer<Value>?) -> Void
    ) -> [Value] {
        [Value](unsafeUninitializedCapacity: GraphBenchmarkEdges.nodeCount) { memory, count in
            fill(memory.baseAddress)
            count = GraphBenchmarkEdges.nodeCount
        }
    }

    /// Loads a text, and lets it go: how many edges it has.
    static func load(_ text: [UInt8]) throws -> Int64 {
        try GraphBaseline(text: text).edgeCount
    }
}
