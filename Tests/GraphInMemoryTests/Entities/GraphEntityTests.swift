import GraphInMemory
import StorageKit
import Testing

private struct Writer: GraphNodeEntity, Equatable {
    static let label: GraphLabel = "Writer"
    static let name = GraphProperty<String>("name")
    static let age = GraphProperty<Int>("age")
    var name: String
    var age: Int?
}

private struct Knows: GraphRelationshipEntity, Equatable {
    static let type: RelationshipType = "KNOWS"
    static let since = GraphProperty<Int>("since")
    var since: Int
}

private struct Likes: GraphRelationshipEntity, Equatable {
    static let type: RelationshipType = "LIKES"
}

@Suite("Entities are made, read and changed as nodes and relationships")
struct GraphEntityTests {
    private let graph = GraphInMemory()

    @Test("an entity that was made is read as it was, by who asks for its label")
    func making() async throws {
        let ada = try await graph.create(Writer(name: "Ada", age: 36))
        let charles = try await graph.create(Writer(name: "Charles"))
        let knows = try await graph.create(Knows(since: 1833), from: ada, to: charles)
        let likes = try await graph.create(Likes(), from: ada, to: charles)
        #expect(try await graph.node(ada, as: Writer.self) == Writer(name: "Ada", age: 36))
        #expect(try await graph.relationship(knows, as: Knows.self) == Knows(since: 1833))
        #expect(try await graph.relationship(likes, as: Likes.self) == Likes())
        #expect(try await graph.relationship(likes, as: Knows.self) == nil)
        let stone = try await graph.createNode(["Stone"], ["name": "Ada"])
        #expect(try await graph.node(stone, as: Writer.self) == nil)
    }

    @Test("a typed change leaves the rest, a replacement only the labels")
    func changing() async throws {
        let id = try await graph.createNode(
            ["Writer", "Person"], ["name": "Ada", "age": 36, "colour": "blue"])
        #expect(try await graph.update(id, Writer.age.remove(), Writer.name.set("Ada L.")))
        #expect(try await graph.node(id)?.properties == ["name": "Ada L.", "colour": "blue"])
        #expect(try await graph.replace(id, with: Writer(name: "A.", age: 37)))
        let node = try #require(try await graph.node(id))
        #expect(node.labels == ["Writer", "Person"])
        #expect(node.properties == ["name": "A.", "age": 37])
        #expect(try await !graph.replace(NodeID(99), with: Writer(name: "")))
    }

    @Test("the entities of a label come all, over several pages and in a snapshot")
    func streaming() async throws {
        let drafts = (0..<600).map { number in
            GraphNodeDraft(
                [number.isMultiple(of: 3) ? "Stone" : "Writer"], ["name": .string("\(number)")])
        }
        _ = try await graph.createNodes(drafts)
        let snapshot = try graph.snapshot()
        try await graph.create(Writer(name: "late"))
        var names: [String] = []
        for try await writer in snapshot.entities(Writer.self) { names.append(writer.name) }
        #expect(names == (0..<600).filter { !$0.isMultiple(of: 3) }.map { "\($0)" })
    }
}
