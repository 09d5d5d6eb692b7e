import StorageKit
import Testing

@testable import GraphInMemory

@Suite("Patterns")
struct PatternTests {
    private let person = GraphNodeVariable<Person>(name: "person")
    private let other = GraphNodeVariable<Person>(name: "other")
    private let card = GraphNodeVariable<Card>(name: "card")

    private var sharing: GraphPattern {
        GraphPattern.match(person, where: Person.city == "Berlin")
            .expand(.outgoing, Uses.self, to: card)
            .expand(.incoming, Uses.self, to: other)
            .filter(person.isDifferent(from: other), person[Person.age] > other[Person.age])
    }

    @Test("a pattern reads as it is drawn, and its matches are entities")
    func entities() async throws {
        let store = try PlainGraph.people().store
        var found: [(Person, Card)] = []
        for try await row in store.matches(of: sharing, selecting: person, card) {
            found.append(row)
        }
        #expect(found.count == 1)
        #expect(found.first?.0 == Person(name: "Ada", city: "Berlin", age: 36))
        #expect(found.first?.1 == Card(number: 1))
        let row = try #require(try await store.firstMatch(of: sharing))
        #expect(row[other].properties["name"] == "Bo")
        #expect(try row.decode(other).name == "Bo")
    }

    @Test("relationships, walks and paths are read as what they are")
    func relationships() async throws {
        let store = try PlainGraph.people().store
        let uses = GraphRelationshipVariable<Uses>()
        let follows = GraphRelationshipVariable("FOLLOWS")
        let path = GraphPathVariable()
        let pattern = GraphPattern.match(person, where: Person.name == "Ada")
            .expand(.outgoing, follows, hops: 2, to: other).expand(.outgoing, uses, to: card)
            .path(path)
        let row = try #require(try await store.firstMatch(of: pattern))
        #expect(row[uses].properties == ["since": 2004])
        #expect(try row.decode(uses) == Uses(since: 2004))
        #expect(row[walk: follows].map(\.id) == [RelationshipID(4), RelationshipID(5)])
        #expect(row[path].nodes == [0, 1, 2, 5].map { NodeID($0) })
        #expect(row[path].relationships == [4, 5, 3].map { RelationshipID($0) })
        #expect(try await store.count(of: pattern.filter(path.length == 3)) == 1)
        #expect(try await store.count(of: pattern.filter(follows.length == 3)) == 0)
    }

    @Test("an entity that a node is not ends the sequence")
    func undecodable() async throws {
        var graph = PlainGraph()
        try graph.node(["Person"], ["name": 1])
        let store = graph.store
        await #expect(throws: StorageError.self) {
            for try await _ in store.matches(of: .match(person), selecting: person) {}
        }
    }

    @Test("an absent property makes a condition unknown, and its opposite too")
    func unknown() async throws {
        let store = try PlainGraph.people().store
        let old = Person.age > 35
        #expect(try await store.count(of: .match(person, where: old)) == 2)
        #expect(try await store.count(of: .match(person, where: !old)) == 1)
        #expect(try await store.count(of: .match(person, where: Person.age.isMissing)) == 1)
        #expect(try await store.count(of: .match(person, where: old || Person.age.isMissing)) == 3)
        #expect(try await store.count(of: .match(person, where: Person.city != "Paris")) == 2)
    }

    @Test("a condition on each hop keeps a walk off the others")
    func hops() async throws {
        let store = try PlainGraph.people().store
        let pattern = GraphPattern.match(person, where: Person.name == "Ada")
            .expand(.outgoing, Follows.self, hops: 1..., where: Follows.since < 3, to: other)
        #expect(try await store.count(of: pattern) == 2)
        let all = GraphPattern.match(person, where: Person.name == "Ada")
            .expand(.outgoing, Follows.self, hops: 1..., to: other)
        #expect(try await store.count(of: all) == 4)
    }

    @Test("patterns that mean nothing are refused, whichever call it is")
    func meaningless() async throws {
        let store = try PlainGraph.people().store
        let follows = GraphRelationshipVariable<Follows>()
        let start = GraphPattern.match(person)
        let walked = start.expand(.outgoing, follows, hops: 1...2, to: other)
        let patterns = [
            GraphPattern(), start.filter(other.has("Person")), start.limit(-1), start.skip(-1),
            GraphPattern().expand(.outgoing, Follows.self, to: person),
            walked.filter(follows[Follows.since] == 1),
            walked.expand(.outgoing, follows, to: person),
            start.expand(.outgoing, Follows.self, hops: GraphHops(2, upTo: 1), to: other),
            start.expand(
                .outgoing, Follows.self, hops: GraphHops(2, upTo: 3, isShortest: true), to: other),
            walked.selecting([.id(person.variable)]).distinct().ordered(
                by: other[Person.age].ascending),
            start.selecting([.id(card.variable)]),
        ]
        for (place, pattern) in patterns.enumerated() {
            for call in 0..<4 {
                let error = await #expect(throws: StorageError.self, "pattern \(place)") {
                    switch call {
                    case 0: _ = try await store.firstMatch(of: pattern)
                    case 1: _ = try await store.count(of: pattern)
                    case 2: _ = try await store.explain(pattern)
                    default: _ = try await store.profile(pattern)
                    }
                }
                #expect(error?.code == .invalidArgument)
            }
        }
    }

    @Test("a walk is the short form, and a transaction reads what it wrote")
    func walks() async throws {
        let store = try PlainGraph.people().store
        let ada = NodeID(0)
        var names: [GraphValue?] = []
        for try await name in store.walk(from: ada).out(Follows.self, hops: 1...3, to: Person.self)
            .filter(Person.age < 40).distinct().values(of: Person.name)
        {
            names.append(name)
        }
        #expect(Set(names) == ["Ada", "Bo"])
        #expect(try await store.walk(from: ada).both("FOLLOWS").both("FOLLOWS").count() == 3)
        #expect(try await store.walk(from: [ada, NodeID(2)]).out().distinct().count() == 5)
        #expect(try await store.walk(from: Card.self).in(Uses.self).limit(3).count() == 3)
        let count = try await store.withTransaction { transaction in
            let new = try await transaction.createNode(["Person"], ["name": "Ed"])
            try await transaction.createRelationship(from: ada, "FOLLOWS", to: new)
            return try await transaction.walk(from: ada).out(Follows.self).count()
        }
        #expect(count == 2)
    }

    @Test("of shortest walks there is one to each node, as long as the shortest of all walks")
    func shortest() async throws {
        for seed in UInt64(1)...200 {
            var random = RandomPatterns(seed: seed)
            let graph = try random.graph()
            let store = graph.store
            let (start, end) = (GraphNodeVariable(), GraphNodeVariable())
            let follows = GraphRelationshipVariable()
            let direction = random.one(of: GraphDirection.allCases)
            func pattern(_ hops: GraphHops) -> GraphPattern {
                GraphPattern.match(start).expand(direction, follows, hops: hops, to: end)
                    .selecting([
                        .id(start.variable), .id(end.variable), .id(follows.variable),
                    ])
            }
            var least: [[GraphMatchValue]: Int] = [:]
            for try await row in store.matches(of: pattern(GraphHops(0, upTo: nil))) {
                guard case .relationshipIDs(let walk) = row.values[2] else { continue }
                let ends = Array(row.values.prefix(2))
                least[ends] = min(least[ends] ?? .max, walk.count)
            }
            var found: [[GraphMatchValue]: Int] = [:]
            for try await row in store.matches(
                of: pattern(GraphHops(0, upTo: nil, isShortest: true)))
            {
                guard case .relationshipIDs(let walk) = row.values[2] else { continue }
                #expect(found.updateValue(walk.count, forKey: Array(row.values.prefix(2))) == nil)
            }
            #expect(found == least, "seed \(seed)")
            // Where both ends are known, the same.
            for (ends, length) in least where length > 0 {
                guard case .nodeID(let one) = ends[0], case .nodeID(let another) = ends[1] else {
                    continue
                }
                let known = pattern(.shortest()).filter(start.id == one, end.id == another)
                let row = try #require(try await store.firstMatch(of: known))
                guard case .relationshipIDs(let walk) = row.values[2] else { continue }
                #expect(walk.count == length, "seed \(seed)")
            }
        }
    }
}
