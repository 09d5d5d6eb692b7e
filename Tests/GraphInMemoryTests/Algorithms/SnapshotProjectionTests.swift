import GraphInMemory
import StorageKit
import Testing

@Suite("A projection of a store")
struct SnapshotProjectionTests {
    /// Three people, a city, and a node that was deleted before them.
    private static func graph() async throws -> (store: GraphInMemory, people: [NodeID]) {
        let store = GraphInMemory()
        let gone = try await store.createNode(["Person"])
        let people = try await store.createNodes(
            [["Person"], ["Person", "Pilot"], ["Person"], ["City"]].map { GraphNodeDraft($0) })
        try await store.deleteNode(gone, detaching: true)
        _ = try await store.createRelationships([
            GraphRelationshipDraft(from: people[0], "KNOWS", to: people[1], ["years": 3]),
            GraphRelationshipDraft(from: people[1], "KNOWS", to: people[2], ["years": 0.5]),
            GraphRelationshipDraft(from: people[2], "LIKES", to: people[0]),
            GraphRelationshipDraft(from: people[0], "LIVES_IN", to: people[3], ["years": 9]),
        ])
        return (store, people)
    }

    @Test("is of the whole graph without the gaps")
    func whole() async throws {
        let (store, people) = try await Self.graph()
        let projection = try await store.projection()
        #expect(Array(projection.nodeIDs) == people)
        #expect(projection.relationshipCount == 4)
        let levels = try await projection.breadthFirstLevels(from: people[0])
        #expect(levels.values == [0, 1, 2, 1])
    }

    @Test("has only the nodes of the labels and the relationships of the types between them")
    func part() async throws {
        let (store, people) = try await Self.graph()
        let persons = try await store.projection(labels: ["Person", "Pilot", "Nobody"])
        #expect(Array(persons.nodeIDs) == Array(people.prefix(3)))
        #expect(persons.relationshipCount == 3)
        #expect(!persons.contains(people[3]))
        let acquaintances = try await store.projection(labels: ["Person"], types: ["KNOWS"])
        #expect(acquaintances.relationshipCount == 2)
        let components = try await acquaintances.stronglyConnectedComponents()
        #expect(components.values == Array(people.prefix(3)))
        #expect(try await store.projection(labels: ["Nobody"]).nodeCount == 0)
        #expect(try await store.projection(types: ["HATES"]).relationshipCount == 0)
    }

    @Test("weighs by a property, both ways when it is undirected")
    func weights() async throws {
        let (store, people) = try await Self.graph()
        let projection = try await store.projection(
            types: ["KNOWS", "LIKES"], weight: "years", defaultWeight: 100,
            orientation: .undirected)
        let distances = try await projection.shortestDistances(from: people[2])
        #expect(distances[people[0]] == 3.5)
        #expect(distances[people[3]] == .infinity)
    }

    @Test("is refused where a weight is absent or no number")
    func badWeights() async throws {
        let (store, people) = try await Self.graph()
        for key: PropertyKey in ["years", "weight"] {
            let absent = await #expect(throws: StorageError.self) {
                _ = try await store.projection(weight: key)
            }
            #expect(absent?.code == .invalidArgument)
        }
        try await store.createRelationship(
            from: people[0], "OWES", to: people[1], ["years": "many"])
        let text = await #expect(throws: StorageError.self) {
            _ = try await store.projection(weight: "years", defaultWeight: 1)
        }
        #expect(text?.code == .wrongType)
    }

    @Test("is one moment: what is written afterwards is not in it")
    func moment() async throws {
        let (store, people) = try await Self.graph()
        let snapshot = try store.snapshot()
        let before = try await snapshot.projection()
        try await store.createRelationship(from: people[3], "HOSTS", to: people[0])
        #expect(before.relationshipCount == 4)
        #expect(try await snapshot.projection().relationshipCount == 4)
        #expect(try await store.projection().relationshipCount == 5)
    }
}
