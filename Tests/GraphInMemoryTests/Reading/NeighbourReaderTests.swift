import StorageKit
import StorageKitTesting
import Testing

@testable import GraphInMemory

@Suite("Reading the neighbours of many nodes")
struct NeighbourReaderTests {
    @Test(
        "finds what the store finds, before and after rows are merged, deletions included",
        arguments: 0..<20 as Range<UInt64>)
    func sameAsStore(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let graph = GraphInMemory()
        let nodes = try await graph.createNodes((0..<30).map { _ in GraphNodeDraft([]) })
        // Enough to be merged on the way, with loops and parallel ones.
        for _ in 0..<4 {
            let drafts = (0..<500).compactMap { _ -> GraphRelationshipDraft? in
                guard let source = nodes.randomElement(using: &random),
                    let target = nodes.randomElement(using: &random),
                    let type = (["A", "B", "C"] as [RelationshipType]).randomElement(using: &random)
                else { return nil }
                return GraphRelationshipDraft(from: source, type, to: target)
            }
            let made = try await graph.createRelationships(drafts)
            for id in made.shuffled(using: &random).prefix(60) {
                try await graph.deleteRelationship(id)
            }
            try await expectSame(graph, nodes + [NodeID(1_000), NodeID(.max)])
        }
    }

    private func expectSame(_ graph: GraphInMemory, _ nodes: [NodeID]) async throws {
        let snapshot = try graph.snapshot()
        for direction in GraphDirection.allCases {
            for types in [[], ["A"], ["B", "C"], ["D"]] as [Set<RelationshipType>] {
                let expansion = GraphExpansion(direction, types: types)
                let reader = snapshot.view.neighbourReader(expansion)
                for node in nodes {
                    var seen: [NodeID] = []
                    reader.forEachNode(of: node) { seen.append($0) }
                    let expected = try await snapshot.neighbours(of: node, expansion, limit: 10_000)
                    #expect(seen.sorted() == expected.map(\.node).sorted())
                    #expect(reader.degree(of: node) == expected.count)
                }
            }
        }
    }
}
