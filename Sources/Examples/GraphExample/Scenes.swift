import ExampleSupport
import GraphInMemory
import StorageKit

/// The example's scenes, in the order in which they are shown; each checks what it shows.
struct Scenes {
    let graph: GraphInMemory
    let terminal: Terminal

    /// Makes the graph in one transaction, unless an earlier run has.
    func load() async throws {
        terminal.title("The graph", "three worlds in one graph, made in one transaction")
        if try await graph.nodeCount(labelled: nil) > 0 {
            terminal.call("found from an earlier run", try await size())
            return
        }
        try await graph.withTransaction { transaction in
            try await Self.makePeople(transaction)
            try await Self.makeAccounts(transaction)
            try await Self.makeAirports(transaction)
        }
        let plan = try await graph.indexPlan([
            GraphIndex(Person.label, Person.name.key, isUnique: true),
            GraphIndex(Airport.label, Airport.code.key, isUnique: true),
        ])
        terminal.lines(of: plan)
        try await graph.apply(plan)
        terminal.call("made", try await size())
        try expect(
            try await graph.nodeCount(labelled: Airport.label) == 300, "there are 300 airports")
    }

    private func size() async throws -> String {
        let nodes = try await graph.nodeCount(labelled: nil)
        let relationships = try await graph.relationshipCount(type: nil)
        return "\(nodes.grouped) nodes, \(relationships.grouped) relationships"
    }

    private static func makePeople(_ transaction: GraphTransaction) async throws {
        let names = [
            "Ada", "Boris", "Chidi", "Dana", "Emre", "Fumi", "Greta", "Hugo", "Ines", "Jaro",
        ]
        let ids = try await transaction.createNodes(
            names.map { GraphNodeDraft([Person.label], ["name": .string($0)]) })
        let person = Dictionary(uniqueKeysWithValues: zip(names, ids))
        let follows = [
            "Ada": ["Boris", "Chidi", "Dana"], "Boris": ["Emre", "Fumi", "Ada"],
            "Chidi": ["Emre", "Fumi", "Boris"], "Dana": ["Emre", "Greta"], "Emre": ["Fumi"],
            "Fumi": ["Hugo"], "Greta": ["Fumi", "Hugo"], "Hugo": ["Ines"], "Ines": ["Hugo"],
            "Jaro": ["Ada", "Fumi"],
        ]
        let drafts = names.flatMap { name in
            (follows[name] ?? []).compactMap { other -> GraphRelationshipDraft? in
                guard let source = person[name], let target = person[other] else { return nil }
                return GraphRelationshipDraft(from: source, Follows.type, to: target)
            }
        }
        _ = try await transaction.createRelationships(drafts)
    }

    /// Sixty accounts with a card and an address each, and three that share these in a ring.
    private static func makeAccounts(_ transaction: GraphTransaction) async throws {
        var accounts: [NodeID] = []
        for number in 1...60 {
            let account = try await transaction.createNode(
                [Account.label], ["owner": .string("owner \(number)")])
            let card = try await transaction.createNode(
                [Card.label], ["number": .string("5232 \(1_000 + number)")])
            let address = try await transaction.createNode(
                [Address.label], ["street": .string("\(number) Mill Lane")])
            try await transaction.createRelationship(from: account, Uses.type, to: card)
            try await transaction.createRelationship(from: account, LivesAt.type, to: address)
            accounts.append(account)
        }
        // A family shares an address, which is nothing to wonder about.
        try await share(transaction, accounts[3], LivesAt.type, of: accounts[4])
        for (account, other) in [(11, 29), (29, 47), (47, 11)] {
            try await share(transaction, accounts[account], Uses.type, of: accounts[other])
            try await share(transaction, accounts[account], LivesAt.type, of: accounts[other])
        }
    }

    private static func share(
        _ transaction: GraphTransaction, _ account: NodeID, _ type: RelationshipType,
        of other: NodeID
    ) async throws {
        let shared = try await transaction.neighbours(of: other, .outgoing(type), limit: 1)
        try await transaction.createRelationship(from: account, type, to: shared[0].node)
    }

    private static func makeAirports(_ transaction: GraphTransaction) async throws {
        let airports = Airport.openFlights
        let ids = try await transaction.createNodes(airports.map(\.draft))
        let place = Dictionary(uniqueKeysWithValues: zip(airports.map(\.code), ids.indices))
        let routes = Airport.openFlightsPairs.compactMap { pair -> GraphRelationshipDraft? in
            guard let first = place[pair.0], let second = place[pair.1] else { return nil }
            let kilometres = airports[first].kilometres(to: airports[second])
            return GraphRelationshipDraft(
                from: ids[first], Route.type, to: ids[second],
                [Route.kilometres.key: .double(kilometres)])
        }
        _ = try await transaction.createRelationships(routes)
    }
}

extension Scenes {
    /// Fails the example unless the condition holds.
    func expect(_ condition: Bool, _ what: String) throws {
        guard condition else { throw Unexpected(what: "expected that \(what)") }
    }
}
