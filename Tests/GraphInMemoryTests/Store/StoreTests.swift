import StorageKit
import Testing

@testable import GraphInMemory

@Suite("A graph in memory")
struct StoreTests {
    @Test("what was written is read, through each of the reads")
    func reads() async throws {
        let graph = GraphInMemory()
        let ada = try await graph.createNode(["Person", "Author"], ["name": "Ada", "born": 1815])
        let charles = try await graph.createNode(["Person"], ["name": "Charles"])
        let knows = try await graph.createRelationship(
            from: ada, "KNOWS", to: charles, ["since": 1833])
        #expect(
            try await graph.nodes([charles, NodeID(9), ada])
                == [
                    GraphNode(id: charles, labels: ["Person"], properties: ["name": "Charles"]),
                    nil,
                    GraphNode(
                        id: ada, labels: ["Person", "Author"],
                        properties: ["name": "Ada", "born": 1815]),
                ])
        #expect(
            try await graph.relationships([knows, RelationshipID(.max)])
                == [
                    GraphRelationship(
                        id: knows, from: ada, to: charles, type: "KNOWS",
                        properties: ["since": 1833]), nil,
                ])
        let neighbour = GraphNeighbour(node: charles, by: knows)
        #expect(try await graph.neighbours(of: ada, .outgoing(), limit: 5) == [neighbour])
        #expect(try await graph.neighbours(of: ada, .outgoing("KNOWS"), limit: 5) == [neighbour])
        #expect(try await graph.neighbours(of: ada, .outgoing("LIKES"), limit: 5) == [])
        #expect(try await graph.neighbours(of: ada, .incoming(), limit: 5) == [])
        #expect(try await graph.degree(of: charles, .incoming("KNOWS")) == 1)
        #expect(try await graph.nodeCount(labelled: "Person") == 2)
        #expect(try await graph.nodeCount(labelled: "City") == 0)
        #expect(try await graph.relationshipCount(type: "KNOWS") == 1)
    }

    @Test("pages go through the nodes of a label in the order of their ids")
    func pages() async throws {
        let graph = GraphInMemory()
        let ids = try await graph.createNodes(
            (0..<10).map { GraphNodeDraft($0 % 2 == 0 ? ["Even"] : [], ["n": .integer($0)]) })
        try await graph.deleteNode(ids[4], detaching: false)
        let first = try await graph.nodes(labelled: "Even", after: nil, limit: 2)
        #expect(first.map(\.id) == [ids[0], ids[2]])
        let rest = try await graph.nodes(labelled: "Even", after: ids[2], limit: 9)
        #expect(rest.map(\.id) == [ids[6], ids[8]])
        #expect(try await graph.nodes(labelled: "Odd", after: nil, limit: 2) == [])
        #expect(try await graph.nodes(labelled: nil, after: NodeID(.max), limit: 2) == [])
        #expect(try await graph.nodes(labelled: nil, after: ids[4], limit: 1).map(\.id) == [ids[5]])
    }

    @Test("an update changes what it names and nothing else")
    func updates() async throws {
        let graph = GraphInMemory()
        let node = try await graph.createNode(["A", "B"], ["x": 1, "y": 2])
        let update = GraphNodeUpdate(
            ["x": nil, "z": 3], addingLabels: ["C", "A"], removingLabels: ["A", "B"])
        #expect(try await graph.updateNode(node, update))
        #expect(
            try await graph.node(node)
                == GraphNode(id: node, labels: ["A", "C"], properties: ["y": 2, "z": 3]))
        #expect(
            try await graph.updateNode(node, GraphNodeUpdate(["y": 5], replacingProperties: true)))
        #expect(try await graph.node(node)?.properties == ["y": 5])
        #expect(try await !graph.updateNode(NodeID(7), update))
        let loop = try await graph.createRelationship(from: node, "SELF", to: node, ["w": 1])
        let change = GraphRelationshipUpdate(["v": 2], replacingProperties: true)
        #expect(try await graph.updateRelationship(loop, change))
        #expect(try await graph.relationship(loop)?.properties == ["v": 2])
        #expect(try await !graph.updateRelationship(RelationshipID(7), change))
    }

    @Test("a connected node is deleted with its relationships or not at all")
    func deletes() async throws {
        let graph = GraphInMemory()
        let node = try await graph.createNode()
        let other = try await graph.createNode()
        try await graph.createRelationship(from: node, "SELF", to: node)
        let last = try await graph.createRelationship(from: other, "TO", to: node)
        await expectError(.constraintViolation) {
            try await graph.deleteNode(node, detaching: false)
        }
        #expect(try await graph.deleteNode(node, detaching: true))
        #expect(try await !graph.deleteNode(node, detaching: true))
        #expect(try await !graph.deleteRelationship(last))
        #expect(try await graph.relationshipCount(type: nil) == 0)
        #expect(try await graph.degree(of: other, .either()) == 0)
        let next = try await graph.createNode()
        #expect(next > other)
    }

    @Test("a call that is refused has changed nothing")
    func atomicity() async throws {
        let graph = GraphInMemory(
            limits: GraphLimits(
                maximumValueBytes: 4, maximumNameBytes: 3, maximumBatchSize: 2, maximumPageSize: 2))
        let node = try await graph.createNode(["abc"], ["abc": "abcd"])
        await expectError(.notFound) {
            try await graph.createRelationships([
                GraphRelationshipDraft(from: node, "R", to: node),
                GraphRelationshipDraft(from: node, "R", to: NodeID(5)),
            ])
        }
        for draft: GraphNodeDraft in [
            GraphNodeDraft(["abcd"]), GraphNodeDraft([], ["abcd": 1]),
            GraphNodeDraft([], ["a": "abcde"]), GraphNodeDraft([], ["a": ["abc", "ab"]]),
        ] {
            await expectError(.limitExceeded) {
                try await graph.createNodes([GraphNodeDraft([]), draft])
            }
        }
        for draft: GraphNodeDraft in [GraphNodeDraft([""]), GraphNodeDraft([], ["": 1])] {
            await expectError(.invalidArgument) {
                try await graph.createNodes([GraphNodeDraft([]), draft])
            }
        }
        await expectError(.limitExceeded) {
            try await graph.createNodes([GraphNodeDraft]([GraphNodeDraft([])] * 3))
        }
        await expectError(.limitExceeded) {
            _ = try await graph.nodes([NodeID]([node] * 3))
        }
        await expectError(.limitExceeded) {
            _ = try await graph.neighbours(of: node, .either(), limit: 3)
        }
        await expectError(.invalidArgument) {
            _ = try await graph.nodes(labelled: nil, after: nil, limit: 0)
        }
        #expect(try await graph.nodeCount(labelled: nil) == 1)
        #expect(try await graph.relationshipCount(type: nil) == 0)
    }

    @Test("a walk over neighbours is the moment of its first batch, and each walk a new one")
    func walks() async throws {
        let graph = GraphInMemory()
        let hub = try await graph.createNode()
        let others = try await graph.createNodes([GraphNodeDraft([])] * 2_500)
        _ = try await graph.createRelationships(
            others.map { GraphRelationshipDraft(from: hub, "TO", to: $0) })
        let sequence = graph.neighbours(of: hub, .outgoing())
        var seen: Set<NodeID> = []
        for try await neighbour in sequence {
            if seen.isEmpty { try await graph.deleteNode(hub, detaching: true) }
            seen.insert(neighbour.node)
        }
        #expect(seen == Set(others))
        for try await _ in sequence { Issue.record("the node is not there any more") }
    }

    @Test("after the end every call is refused, and snapshots stay")
    func closing() async throws {
        let graph = GraphInMemory()
        let node = try await graph.createNode()
        let snapshot = try graph.snapshot()
        let walk = graph.neighbours(of: node, .either())
        await graph.close()
        await graph.close()
        await expectError(.invalidState) { try await graph.createNode() }
        await expectError(.invalidState) { try await graph.node(node) }
        await expectError(.invalidState) { for try await _ in walk {} }
        #expect(snapshot.view.contains(node))
    }

    @Test("a view reads without waiting what the calls read")
    func views() async throws {
        let graph = GraphInMemory()
        let (one, two) = (try await graph.createNode(["A"], ["n": 1]), try await graph.createNode())
        let edge = try await graph.createRelationship(from: one, "TO", to: two, ["w": 2])
        let view = try graph.snapshot().view
        #expect(view.node(one)?.labels == ["A"])
        #expect(view.relationship(edge)?.type == "TO")
        #expect(view.property("n", of: one) == 1)
        #expect(view.property("w", of: edge) == 2)
        #expect(view.property("n", of: two) == nil)
        #expect(view.has("A", one) && !view.has("A", two) && !view.has("B", one))
        let expected = [GraphNeighbour(node: two, by: edge)]
        #expect(Array(view.neighbours(of: one, .outgoing("TO"))) == expected)
        #expect(Array(view.neighbours(of: NodeID(7), .either())) == [])
        var met: [NodeID] = []
        view.neighbourReader(.incoming()).forEachNode(of: two) { met.append($0) }
        #expect(met == [one])
        #expect(Array(view.nodes()) == [one, two])
        #expect(Array(view.nodes(labelled: "A")) == [one])
        #expect(Array(view.nodes(labelled: "B")) == [])
        #expect(view.degree(of: one, .either()) == 1)
    }
}

func * <Element>(elements: [Element], count: Int) -> [Element] {
    Array(repeatElement(elements, count: count).joined())
}

/// Expects the body to throw an error of a code.
@discardableResult
func expectError(
    _ code: StorageError.Code, _ body: () async throws -> some Any,
    location: SourceLocation = #_sourceLocation
) async -> StorageError? {
    let error = await #expect(throws: StorageError.self, sourceLocation: location) {
        _ = try await body()
    }
    #expect(error?.code == code, sourceLocation: location)
    return error
}
