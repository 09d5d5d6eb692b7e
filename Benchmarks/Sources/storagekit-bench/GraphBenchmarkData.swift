import GraphInMemory

/// The suite's graph: ours, the plain C program's and igraph's.
struct GraphBenchmarkData: Sendable {
    let edges: GraphBenchmarkEdges
    /// Where the searches start.
    let hub: UInt32
    let projection: GraphProjection
    let text: [UInt8]
    let baseline: GraphBaseline
    let igraph: GraphIgraph

    init() throws {
        edges = GraphBenchmarkEdges()
        hub = edges.hub
        projection = try edges.projection()
        text = edges.text(weighted: true)
        baseline = try GraphBaseline(text: text)
        igraph = try GraphIgraph(edges)
        print("graph: \(GraphBenchmarkEdges.nodeCount) nodes, \(edges.count) edges")
    }
}
