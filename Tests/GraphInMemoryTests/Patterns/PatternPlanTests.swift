import StorageKit
import Testing

@testable import GraphInMemory

@Suite("Plans of patterns")
struct PatternPlanTests {
    private let person = GraphNodeVariable<Person>(name: "person")
    private let other = GraphNodeVariable<Person>(name: "other")
    private let card = GraphNodeVariable<Card>(name: "card")

    private func graph() throws -> PlainGraph {
        var graph = PlainGraph()
        for place in 0..<100 {
            try graph.node(
                ["Person"], ["name": .string("p\(place)"), "age": .integer(Int64(place % 10))])
        }
        for place in 0..<10 { try graph.node(["Card"], ["number": .integer(Int64(place))]) }
        for place in 0..<100 {
            try graph.relate(place, "USES", 100 + place % 10)
            try graph.relate(place, "FOLLOWS", (place + 1) % 100)
        }
        return graph
    }

    private func texts(_ graph: PlainGraph, _ pattern: GraphPattern) async throws -> [String] {
        try await graph.store.explain(pattern).steps.map(\.text)
    }

    @Test("without an index the smallest label is where it begins, and all nodes without a label")
    func labels() async throws {
        let graph = try graph()
        let pattern = GraphPattern.match(person).expand(.outgoing, Uses.self, to: card)
        #expect(
            try await texts(graph, pattern) == [
                "label scan card: Card", "expand (card)<-[:USES]-(person): Person",
            ])
        let plan = try await graph.store.explain(.match(GraphNodeVariable(name: "any")))
        #expect(plan.description == "all nodes any")
        #expect(plan.scansAllNodes)
        #expect(plan.indexes.isEmpty)
    }

    @Test("an index is used when there is one, and a unique one rather than another")
    func indexes() async throws {
        var graph = try graph()
        let (byAge, byName) = (
            GraphIndex("Person", "age"), GraphIndex("Person", "name", isUnique: true)
        )
        let pattern = GraphPattern.match(person, where: Person.age == 3 && Person.name == "p3")
            .expand(.outgoing, Uses.self, to: card)
        try graph.index(byAge)
        let first = try await graph.store.explain(pattern)
        #expect(first.indexes == [byAge])
        try graph.index(byName)
        let second = try await graph.store.explain(pattern)
        #expect(second.indexes == [byName])
        #expect(
            second.description == """
                seek person: unique hash index on Person(name) where person.age = ?
                expand (person)-[:USES]->(card): Card
                """)
        #expect(!second.scansAllNodes)
        let profile = try await graph.store.profile(pattern)
        #expect(profile.steps.map(\.rows) == [1, 1])
        #expect(profile.steps.map(\.relationships) == [0, 1])
    }

    @Test("a range and a prefix are read from an ordered index")
    func ranges() async throws {
        var graph = try graph()
        let (byAge, byName) = (
            GraphIndex("Person", "age", kind: .ordered),
            GraphIndex("Person", "name", kind: .ordered)
        )
        try graph.index(byAge)
        try graph.index(byName)
        let old = try await graph.store.profile(.match(person, where: Person.age >= 8))
        #expect(
            old.plan.description
                == "range person: ordered index on Person(age) where person.age >= ?")
        #expect(old.plan.indexes == [byAge])
        #expect(old.steps.map(\.rows) == [20])
        let named = try await graph.store.profile(
            .match(person, where: Person.name.hasPrefix("p1")))
        #expect(named.plan.indexes == [byName])
        #expect(named.steps.map(\.rows) == [11])
    }

    @Test("nodes that are known close the circle from the end with fewer relationships")
    func closing() async throws {
        var graph = PlainGraph()
        try graph.node(["Hub"])
        for place in 1...100 {
            try graph.node(["Spoke"])
            try graph.relate(0, "OUT", place)
        }
        let (hub, spoke) = (
            GraphNodeVariable("Hub", name: "hub"), GraphNodeVariable("Spoke", name: "spoke")
        )
        let pattern = GraphPattern.match(hub).expand(.outgoing("OUT"), to: spoke)
            .filter(hub.id == NodeID(0), spoke.id == NodeID(7))
        let profile = try await graph.store.profile(pattern)
        #expect(profile.steps.last?.relationships == 1)
        let circle = GraphPattern.match(hub).expand(.outgoing("OUT"), to: spoke)
            .expand(.incoming("OUT"), to: hub)
        let closed = try await graph.store.profile(circle)
        #expect(
            closed.plan.description == """
                label scan hub: Hub
                expand (hub)-[:OUT]->(spoke): Spoke
                close (spoke)<-[:OUT]-(hub)
                """)
        #expect(closed.steps.map(\.rows) == [1, 100, 0])
        #expect(closed.steps.map(\.relationships) == [0, 100, 100])
    }

    @Test("a node that another one's property leads to is sought in an index, row by row")
    func joins() async throws {
        var graph = try graph()
        try graph.index(GraphIndex("Card", "number", isUnique: true))
        let pattern = GraphPattern.match(person).match(card)
            .filter(card[Card.number] == GraphExpression(person[Person.age].operand))
        let profile = try await graph.store.profile(pattern)
        #expect(
            profile.plan.description == """
                label scan person: Person
                seek card: unique hash index on Card(number)
                """)
        #expect(profile.steps.map(\.rows) == [100, 100])
    }

    @Test("what is done with the matches is in the plan, behind the steps that find them")
    func results() async throws {
        let graph = try graph()
        let pattern = GraphPattern.match(person).distinct().ordered(
            by: person[Person.age].descending
        )
        .skip(2).limit(3)
        let profile = try await graph.store.profile(pattern)
        #expect(
            profile.plan.description == """
                label scan person: Person
                distinct
                sort
                skip 2
                limit 3
                """)
        #expect(profile.plan.sortsInMemory)
        #expect(profile.steps.map(\.rows) == [100, 100, 100, 98, 3])
    }

    @Test("walks say how long they may be, and conditions stand where they can be decided first")
    func walks() async throws {
        let graph = try graph()
        let pattern = GraphPattern.match(person).expand(
            .outgoing, Follows.self, hops: 1...3, to: other
        )
        .filter(person.id == NodeID(0), other[Person.age] > 2, person[Person.age].exists)
        #expect(
            try await texts(graph, pattern) == [
                "by id person where exists person.age",
                "walk (person)-[:FOLLOWS*1...3]->(other): Person where other.age > ?",
            ])
        let shortest = GraphPattern.match(person).expand(
            .either, Follows.self, hops: .shortest(), to: other
        )
        .filter(person.id == NodeID(0), other.id == NodeID(50))
        #expect(
            try await texts(graph, shortest) == [
                "by id person", "by id other",
                "shortest walk into (person)-[:FOLLOWS*shortest 1...]-(other)",
            ])
    }
}
