import ExampleSupport
import GraphInMemory
import StorageKit

extension Scenes {
    /// Accounts that share both a card and an address: a circle through the graph.
    func fraudRing() async throws {
        terminal.title("A fraud ring", "accounts that share a card and an address, by a pattern")
        let account = GraphNodeVariable<Account>(name: "account")
        let other = GraphNodeVariable<Account>(name: "other")
        let card = GraphNodeVariable<Card>(name: "card")
        let address = GraphNodeVariable<Address>(name: "address")
        let sharing = GraphPattern.match(account)
            .expand(.outgoing, Uses.self, to: card)
            .expand(.incoming, Uses.self, to: other)
            .expand(.outgoing, LivesAt.self, to: address)
            .expand(.incoming, LivesAt.self, to: account)
            .filter(account.id < other.id).distinct()

        var pairs: [String] = []
        for try await (first, second) in graph.matches(of: sharing, selecting: account, other) {
            terminal.call("\(first.owner) and \(second.owner)", "share a card and an address")
            pairs.append("\(first.owner), \(second.owner)")
        }
        try expect(pairs.count == 3, "each of the three shares with the two others")
        terminal.lines(of: try await graph.explain(sharing))
        try await wholeRing()
    }

    /// What belongs together by cards and addresses, however far.
    private func wholeRing() async throws {
        let things = try await graph.projection(
            labels: [Account.label, Card.label, Address.label],
            types: [Uses.type, LivesAt.type])
        let components = try await things.weaklyConnectedComponents()
        var accounts: [NodeID: Int] = [:]
        for (node, component) in components {
            guard try await graph.node(node)?.labels.contains(Account.label) == true else {
                continue
            }
            accounts[component, default: 0] += 1
        }
        let groups = accounts.values.filter { $0 > 1 }.sorted()
        terminal.call("groups of accounts that anything connects", "\(groups.count)")
        terminal.call("the largest", "\(groups.last ?? 0) accounts")
        try expect(groups == [2, 3], "a family and a ring")
    }
}
