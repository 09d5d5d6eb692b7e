import GraphInMemory
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

/// A specimen as a node.
private struct Kept: GraphNodeEntity, Hashable, Identifiable {
    static let label: GraphLabel = "Specimen"

    var id: Int
    var text: String
    var weight: Double
    var tags: [String]
    var note: String?

    init(_ number: Int, revision: Int = 0) {
        id = number
        text = "revision \(revision)"
        weight = Double(revision) / 2
        tags = (0..<revision % 4).map { "tag \($0)" }
        note = revision.isMultiple(of: 2) ? nil : "odd \(revision)"
    }
}

/// An entity whose coding loses its identifier.
private struct Renamed: GraphNodeEntity, Identifiable {
    enum CodingKeys: String, CodingKey { case id = "number" }
    static let label: GraphLabel = "Renamed"
    var id: Int
}

@Suite("A label of a graph in memory keeps the contract of Repository")
struct GraphRepositoryTests {
    fileprivate struct Harness: RepositoryHarness {
        func makeSubject() async throws -> GraphRepository<GraphInMemory, Kept> {
            let people = GraphRepository(of: Kept.self, in: GraphInMemory())
            try await people.store.apply(people.store.indexPlan([people.index]))
            return people
        }

        func identifier(_ number: Int) -> Int { number }

        func entity(_ number: Int, revision: Int) -> Kept { Kept(number, revision: revision) }
    }

    @Test("by itself", arguments: RepositoryLaws.cases(for: Harness.self))
    fileprivate func laws(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("without its index each call says which one it needs")
    func withoutIndex() async throws {
        let kept = GraphRepository(of: Kept.self, in: GraphInMemory())
        await expect(.missingIndex) { _ = try await kept.get(1) }
        await expect(.missingIndex) { try await kept.insert(Kept(1)) }
        await expect(.missingIndex) { _ = try await kept.scan(after: nil, limit: 1) }
        #expect(try await kept.store.nodeCount(labelled: nil) == 0)
    }

    @Test("a replaced node keeps its relationships and its other labels, and no other properties")
    func replacing() async throws {
        let kept = try await Harness().makeSubject()
        let store = kept.store
        try await kept.insert(Kept(1, revision: 1))
        let node = try #require(
            try await store.nodes(labelled: "Specimen", after: nil, limit: 1).first)
        let other = try await store.createNode(["Box"])
        try await store.createRelationship(from: other, "HOLDS", to: node.id)
        _ = try await store.updateNode(
            node.id, GraphNodeUpdate(["colour": "red"], addingLabels: ["Rare"]))
        try await kept.replace(Kept(1, revision: 2))
        try await kept.upsert(Kept(1, revision: 4))
        let found = try #require(try await store.node(node.id))
        #expect(found.labels == ["Specimen", "Rare"])
        #expect(found["colour"] == nil && found["note"] == nil)
        #expect(found["text"] == "revision 4")
        #expect(try await store.degree(of: node.id, .incoming("HOLDS")) == 1)
    }

    @Test("a node with relationships is deleted only by who lets them go")
    func deleting() async throws {
        let kept = try await Harness().makeSubject()
        try await kept.insert(Kept(1))
        let node = try #require(
            try await kept.store.nodes(labelled: "Specimen", after: nil, limit: 1).first)
        try await kept.store.createRelationship(from: node.id, "IS", to: node.id)
        await expect(.constraintViolation) { try await kept.delete(1) }
        #expect(try await kept.get(1) == Kept(1))
        let detaching = GraphRepository(of: Kept.self, in: kept.store, detachesOnDelete: true)
        #expect(try await detaching.delete(1))
        #expect(try await kept.store.relationshipCount(type: nil) == 0)
    }

    @Test("an entity that does not encode its identifier there is refused")
    func withoutIdentifier() async throws {
        let store = GraphInMemory()
        let lost = GraphRepository(of: Renamed.self, in: store)
        try await store.createIndex(lost.index)
        await expect(.encodingFailed) { try await lost.insert(Renamed(id: 1)) }
        let found = GraphRepository(of: Renamed.self, in: store, key: "number")
        try await store.createIndex(found.index)
        try await found.insert(Renamed(id: 1))
        #expect(try await found.get(1)?.id == 1)
    }

    @Test("a lookup is of any index, gives each node once, and pages through values of all kinds")
    func lookups() async throws {
        let store = GraphInMemory()
        let values: [GraphValue] = [3, "b", true, 1.5, "a", [1]]
        for value in values { try await store.createNode(["N"], ["v": value]) }
        try await store.createNode(["N"])
        await expect(.missingIndex) {
            _ = try await store.nodes(labelled: "N", where: "v", isOneOf: [1])
        }
        try await store.createIndex(GraphIndex("N", "v"))
        let twice = try await store.nodes(labelled: "N", where: "v", isOneOf: [3, 3.0, "a", 9])
        #expect(Set(twice.map { $0["v"] }) == [3, "a"] && twice.count == 2)
        await expect(.missingIndex) {
            _ = try await store.nodes(labelled: "N", orderedBy: "v", after: nil, limit: 1)
        }
        try await store.createIndex(GraphIndex("N", "v", kind: .ordered))
        let snapshot = try store.snapshot()
        var seen: [GraphValue] = []
        while let node = try await snapshot.nodes(
            labelled: "N", orderedBy: "v", after: seen.last, limit: 1
        ).first { seen.append(try #require(node["v"])) }
        #expect(seen == values.sorted { $0.sorted(before: $1) < 0 })
    }

    private func expect(
        _ code: StorageError.Code, _ body: () async throws -> Void,
        at location: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: StorageError.self, sourceLocation: location) {
            try await body()
        }
        #expect(error?.code == code, "\(String(describing: error))", sourceLocation: location)
    }
}
