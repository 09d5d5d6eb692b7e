import StorageKit
import Testing

@testable import GraphInMemory

@Suite("The indexes of a graph in memory")
struct IndexedStoreTests {
    private let graph = GraphInMemory()
    private let email = GraphIndex("Person", "email", isUnique: true)
    private let born = GraphIndex("Person", "born", kind: .ordered)

    private func nodes(_ index: GraphIndex, _ value: GraphValue) throws -> [NodeID] {
        try graph.snapshot().state.indexes.nodes(in: index, equalTo: value).map(\.id)
    }

    @Test(
        "have the nodes that were there, and follow every write",
        arguments: GraphIndex.Kind.allCases)
    func following(kind: GraphIndex.Kind) async throws {
        let index = GraphIndex("A", "k", kind: kind)
        let first = try await graph.createNode(["A"], ["k": 1])
        let other = try await graph.createNode(["B"], ["k": 1])
        try await graph.createIndexes([index])
        #expect(try nodes(index, 1.0) == [first])
        try await graph.updateNode(other, GraphNodeUpdate(addingLabels: ["A"]))
        #expect(try nodes(index, 1) == [first, other])
        try await graph.updateNode(first, GraphNodeUpdate(["k": 2]))
        #expect(try nodes(index, 1) == [other])
        #expect(try nodes(index, 2) == [first])
        try await graph.updateNode(other, GraphNodeUpdate(removingLabels: ["A"]))
        #expect(try nodes(index, 1) == [])
        let third = try await graph.createNode(["A"], ["k": 2])
        try await graph.updateNode(first, GraphNodeUpdate(replacingProperties: true))
        #expect(try nodes(index, 2) == [third])
        try await graph.deleteNode(third, detaching: true)
        #expect(try nodes(index, 2) == [])
        try await graph.dropIndex(index)
        #expect(try await graph.indexes() == [])
    }

    @Test("that are unique refuse a second value, in a call, across calls and over what is there")
    func uniqueness() async throws {
        try await graph.createNode(["Person"], ["email": "a"])
        let double = try await graph.createNode(["Person"], ["email": "a"])
        let error = await expectError(.constraintViolation) {
            try await graph.createIndexes([born, email])
        }
        #expect(error?.constraint?.kind == .unique)
        #expect(try await graph.indexes() == [])
        try await graph.updateNode(double, GraphNodeUpdate(["email": "b"]))
        try await graph.createIndexes([born, email])
        await expectError(.constraintViolation) {
            try await graph.updateNode(double, GraphNodeUpdate(["email": "a"]))
        }
        await expectError(.constraintViolation) {
            try await graph.createNodes([
                GraphNodeDraft(["Person"], ["email": "c"]),
                GraphNodeDraft(["Person"], ["email": "c"]),
            ])
        }
        let bare = try await graph.createNode(["Other"], ["email": "a"])
        await expectError(.constraintViolation) {
            try await graph.updateNode(bare, GraphNodeUpdate(addingLabels: ["Person"]))
        }
        #expect(try await graph.nodeCount(labelled: "Person") == 2)
        // What the whole update leaves is allowed, whatever lies between.
        let update = GraphNodeUpdate(["email": "d"], addingLabels: ["Person"])
        #expect(try await graph.updateNode(bare, update))
        #expect(try nodes(email, "d") == [bare])
        try await graph.createNode(["Person"])
        try await graph.createNode(["Person"])
    }

    @Test("are made by a plan that says what it will do")
    func plans() async throws {
        try await graph.createIndexes([GraphIndex("Person", "email"), GraphIndex("City", "name")])
        let plan = try await graph.indexPlan([email, born])
        #expect(plan.missing == [born])
        #expect(plan.changed.map(\.wanted) == [email])
        #expect(plan.unwanted == [GraphIndex("City", "name")])
        #expect(
            plan.description == """
                indexes of the graph: 0 as wanted, 2 to create
                  create ordered index on Person(born)
                  drop   hash index on Person(email)
                  create unique hash index on Person(email)
                  not wanted, dropped if asked for: hash index on City(name)
                """)
        await expectError(.alreadyExists) { try await graph.createIndexes([email]) }
        try await graph.apply(plan)
        #expect(try await graph.indexPlan([email, born]).isDone)
        try await graph.apply(plan, droppingUnwanted: true)
        #expect(try await graph.indexes() == [born, email])
        await expectError(.notFound) { try await graph.dropIndex(GraphIndex("City", "name")) }
        await expectError(.invalidArgument) { try await graph.indexPlan([email, email]) }
        await expectError(.invalidArgument) { try await graph.createIndex(GraphIndex("", "k")) }
    }

    @Test("say how much a planner would find")
    func estimates() async throws {
        try await graph.createIndexes([born])
        _ = try await graph.createNodes(
            (0..<100).map { GraphNodeDraft(["Person"], ["born": .integer(1900 + $0 % 10)]) })
        let index = try #require(try graph.snapshot().state.indexes[born])
        #expect(index.count == 100)
        #expect(index.distinctCount == 10)
        #expect(index.count(equalTo: 1905.0) == 10)
        #expect(index.count(in: .from(.init(1905, isInclusive: false))) == 40)
    }
}
