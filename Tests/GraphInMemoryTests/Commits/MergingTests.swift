import StorageKit
import Testing

@testable import GraphInMemory

@Suite("Merging rows beside the writers")
struct MergingTests {
    @Test("happens when much was written, and changes nothing that is read")
    func background() async throws {
        let graph = GraphInMemory()
        let nodes = try await graph.createNodes([GraphNodeDraft([])] * 100)
        let before = try graph.snapshot()
        let drafts = (0..<10_000).map { place in
            GraphRelationshipDraft(from: nodes[place % 100], "TO", to: nodes[place * 7 % 100])
        }
        _ = try await graph.createRelationships(drafts)
        while try graph.snapshot().state.needsMerge { await Task.yield() }
        #expect(try graph.snapshot().state.pendingCount == 0)
        #expect(
            try await graph.neighbours(of: nodes[3], .outgoing("TO"), limit: 1_000).count == 100)
        #expect(before.view.relationshipCount == 0)
        try await graph.createRelationship(from: nodes[0], "TO", to: nodes[1])
        #expect(try await graph.relationshipCount(type: "TO") == 10_001)
    }

    @Test("waits for the writer, and finds what it has written meanwhile")
    func besideAWriter() async throws {
        let graph = GraphInMemory()
        let node = try await graph.createNode()
        let edge = GraphRelationshipDraft(from: node, "TO", to: node)
        _ = try await graph.createRelationships([edge] * 100)
        let merge = try graph.snapshot().state.merged()
        let installing = try await graph.withTransaction { transaction in
            let installing = Task.detached { await graph.commits.install(merge) }
            while graph.commits.waiterCount == 0 { await Task.yield() }
            _ = try await transaction.createRelationships([edge] * 10)
            return installing
        }
        await installing.value
        #expect(try graph.snapshot().state.pendingCount == 10)
        #expect(try await graph.degree(of: node, .outgoing("TO")) == 110)
    }
}
