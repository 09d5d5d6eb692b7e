import CBaseline
import GraphInMemory
import StorageKit
import Synchronization

extension GraphSuite {
    static func loadCases(_ graph: GraphBenchmarkData) -> [BenchmarkCase] {
        let (weighted, plain) = (graph.text, graph.edges.text(weighted: false))
        return [
            BenchmarkCase(
                id: "graph.load",
                summary: "a text of edges with weights into a new store, against rows of C",
                operation: "edges", operationCount: graph.edges.count,
                ours: { try await load(weighted) },
                baseline: { try GraphBaseline.load(weighted) }),
            BenchmarkCase(
                id: "graph.load.igraph",
                summary: "a text of edges into a new store, against igraph_read_graph_edgelist",
                operation: "edges", operationCount: graph.edges.count,
                ours: { try await load(plain) },
                baseline: { GraphIgraph.load(plain) }),
        ]
    }

    private static func load(_ text: [UInt8]) async throws -> Int64 {
        let summary = try await GraphInMemory().importEdgeList(text)
        return Int64(summary.relationships)
    }

    static func measures(isQuick: Bool) async throws -> [BenchmarkMeasure] {
        let edges = GraphBenchmarkEdges()
        // Kept, lest an earlier store is given back while a later one is measured.
        let stores = Mutex<[GraphInMemory]>([])
        return [
            BenchmarkMeasure(
                id: "graph.memory",
                summary: "resident memory of a store of the graph, with nodes, without properties",
                unit: "bytes/edge"
            ) {
                let before = try await settledBytes()
                let store = try await GraphBenchmarkData.store(of: edges)
                let bytes = try await settledBytes() - before
                stores.withLock { $0.append(store) }
                return BenchmarkMeasure.Figure(value: Double(bytes) / Double(edges.count))
            },
            BenchmarkMeasure(
                id: "graph.projection", summary: "to freeze the whole store for algorithms",
                unit: "ms", rounds: 3
            ) {
                let store = try await GraphBenchmarkData.store(of: edges)
                let clock = ContinuousClock()
                let start = clock.now
                let projection = try await store.projection()
                let milliseconds = (clock.now - start) / .milliseconds(1)
                try require(projection.relationshipCount == edges.count, "graph.projection")
                return BenchmarkMeasure.Figure(value: milliseconds)
            },
        ]
    }

    /// What is resident once nothing changes any more: rows are merged in the background.
    private static func settledBytes() async throws -> Int64 {
        var (bytes, quietRounds) = (allocation_bytes_in_use(), 0)
        while quietRounds < 5 {
            try await Task.sleep(for: .milliseconds(200))
            let now = allocation_bytes_in_use()
            quietRounds = abs(now - bytes) < 100_000 ? quietRounds + 1 : 0
            bytes = now
        }
        return bytes
    }
}
