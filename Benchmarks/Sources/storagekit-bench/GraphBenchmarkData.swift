import GraphInMemory
import StorageKit

/// The suite's graph: ours, the plain C program's and igraph's.
struct GraphBenchmarkData: Sendable {
    let edges: GraphBenchmarkEdges
    /// Where the searches start.
    let hub: UInt32
    /// The edges in a store, by its API: what is read is the store's own rows.
    let store: GraphInMemory
    let projection: GraphProjection
    let text: [UInt8]
    let baseline: GraphBaseline
    let igraph: GraphIgraph

    init() async throws {
        edges = GraphBenchmarkEdges()
        hub = edges.hub
        store = try await Self.store(of: edges)
        projection = try edges.projection()
        text = edges.text(weighted: true)
        baseline = try GraphBaseline(text: text)
        igraph = try GraphIgraph(edges)
        print("graph: \(GraphBenchmarkEdges.nodeCount) nodes, \(edges.count) edges")
    }

    /// A store of the edges, written in batches.
    static func store(of edges: GraphBenchmarkEdges) async throws -> GraphInMemory {
        let store = GraphInMemory()
        let batch = store.limits.maximumBatchSize
        for start in stride(from: 0, to: GraphBenchmarkEdges.nodeCount, by: batch) {
            let count = min(batch, GraphBenchmarkEdges.nodeCount - start)
            let nodes = [GraphNodeDraft](repeating: GraphNodeDraft(["Person"]), count: count)
            _ = try await store.createNodes(nodes)
        }
        for start in stride(from: 0, to: edges.count, by: batch) {
            let places = start..<min(start + batch, edges.count)
            _ = try await store.createRelationships(places.map { edges.draft($0) })
        }
        return store
    }
}

extension GraphBenchmarkEdges {
    /// An edge as the store takes it; a store gives its nodes the ids from 0.
    fileprivate func draft(_ place: Int) -> GraphRelationshipDraft {
        GraphRelationshipDraft(
            from: NodeID(UInt64(sources[place])), "FOLLOWS", to: NodeID(UInt64(targets[place])))
    }
}
