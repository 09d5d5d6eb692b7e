import CBaseline
import GraphInMemory
import StorageKit

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
        return [
            BenchmarkMeasure(
                id: "graph.memory",
                summary: "heap that a store of the graph holds, nodes and all, without properties",
                unit: "bytes/edge"
            ) {
                let before = allocation_bytes_in_use()
                let store = try await GraphBenchmarkData.store(of: edges)
                let bytes = allocation_bytes_in_use() - before
                await store.close()
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
}
