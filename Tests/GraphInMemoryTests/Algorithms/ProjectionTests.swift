import StorageKit
import Testing

@testable import GraphInMemory

@Suite("A projection")
struct ProjectionTests {
    static let graphs = (200..<260 as Range<UInt64>).map(SmallGraph.random)

    @Test("has each edge in its rows, sorted, with its relationship and weight", arguments: graphs)
    func rows(graph: SmallGraph) throws {
        let projection = try graph.projection()
        #expect(projection.relationshipCount == graph.edges.count)
        let weights = graph.weights ?? graph.edges.map { _ in 1 }
        var outgoing = graph.edges.enumerated().map { ($1.source, $1.target, $0, weights[$0]) }
        if graph.orientation == .undirected {
            outgoing += outgoing.filter { $0.0 != $0.1 }.map { ($0.1, $0.0, $0.2, $0.3) }
        }
        let incoming =
            graph.orientation == .undirected
            ? outgoing : outgoing.map { ($0.1, $0.0, $0.2, $0.3) }
        expect(projection.outgoing, projection.weights, outgoing)
        expect(projection.incoming, projection.incomingWeights, incoming)
    }

    private typealias Entry = (Int, Int, Int, Double)

    private func expect(_ rows: CompressedRows, _ weights: [Double]?, _ expected: [Entry]) {
        var entries: [[Double]] = []
        for node in 0..<rows.nodeCount {
            for place in rows.row(NodeIndex(UInt32(node))) {
                entries.append([
                    Double(node), Double(rows.neighbours[place].rawValue),
                    Double(rows.relationships[place].rawValue), weights?[place] ?? 1,
                ])
            }
        }
        let sorted = expected.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
        #expect(entries == sorted.map { [Double($0.0), Double($0.1), Double($0.2), $0.3] })
    }

    @Test("keeps the ids of a part of a graph")
    func parts() async throws {
        let nodes = [3, 10, 4_000_000].map { NodeIndex($0) }
        let projection = GraphProjection(
            nodes: ProjectedNodes(nodes), sources: [NodeIndex(0)], targets: [NodeIndex(2)],
            relationships: [RelationshipIndex(7)], weights: nil, orientation: .directed)
        let levels = try await projection.breadthFirstLevels(from: NodeID(3))
        #expect(levels[NodeID(4_000_000)] == 1)
        #expect(levels[NodeID(10)] == GraphProjection.unreachableLevel)
        #expect(levels[NodeID(4)] == nil)
        let components = try await projection.weaklyConnectedComponents()
        #expect(components[NodeID(4_000_000)] == NodeID(3))
        #expect(Array(projection.nodeIDs) == [NodeID(3), NodeID(10), NodeID(4_000_000)])
    }

    @Test("refuses edges to nowhere, and weights that are not one for each edge")
    func refusals() {
        let code = StorageError.Code.invalidArgument
        for edge in [(source: 0, target: 2), (source: -1, target: 0)] {
            let error = #expect(throws: StorageError.self) {
                _ = try GraphProjection(nodeCount: 2, edges: [edge])
            }
            #expect(error?.code == code)
        }
        let error = #expect(throws: StorageError.self) {
            _ = try GraphProjection(nodeCount: 2, edges: [(0, 1)], weights: [1, 2])
        }
        #expect(error?.code == code)
    }
}
