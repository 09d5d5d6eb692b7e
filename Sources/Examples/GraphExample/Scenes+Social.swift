import ExampleSupport
import GraphInMemory
import StorageKit

extension Scenes {
    /// Who follows whom, and whom one might want to follow.
    func socialNetwork() async throws {
        terminal.title("A social network", "whom Ada follows, and whom those follow")
        let found = graph.walk(from: Person.self, where: Person.name == "Ada").limit(1).ids
        guard let id = try await found.collected().first else {
            throw Unexpected(what: "Ada is there")
        }

        let followed = graph.walk(from: id).out(Follows.self, to: Person.self)
            .ordered(by: Person.name)
        let people: [Person] = try await followed.entities.collected()
        let names = people.map(\.name)
        terminal.call("Ada follows", names.joined(separator: ", "))
        try expect(names == ["Boris", "Chidi", "Dana"], "Ada follows three")

        let reached = graph.walk(from: id).out(Follows.self, hops: 1...3)
            .filter(Person.name != "Ada").distinct()
        let count = try await reached.count()
        terminal.call("whom her words reach in three steps", "\(count) others")
        try expect(count == 7, "all but Ines, who is one step further, and Jaro")
        try await recommend(to: id)
    }

    private func recommend(to id: NodeID) async throws {
        let follows = try await graph.projection(labels: [Person.label], types: [Follows.type])
        terminal.title("Whom Ada may want to follow", "friends of friends, by how many lead there")
        let recommended = try await follows.recommendations(for: id, count: 3)
        for recommendation in recommended {
            terminal.call(
                try await name(of: recommendation.node),
                "over \(recommendation.commonCount) of those she follows")
        }
        try expect(recommended.map(\.commonCount) == [3, 2, 1], "Emre before Fumi and Greta")

        terminal.title("Who is heard", "PageRank of the whole network")
        let ranks = try await follows.pageRank(iterations: 50)
        var rows: [(String, Int)] = []
        for (node, rank) in ranks.top(4) {
            rows.append((try await name(of: node), Int((rank * 1_000).rounded())))
        }
        terminal.chart(rows)
        try expect(rows.first?.0 == "Hugo", "Hugo is heard most: Ines hears nobody else")
    }

    private func name(of node: NodeID) async throws -> String {
        guard case .string(let name)? = try await graph.node(node)?["name"] else {
            throw Unexpected(what: "a person has a name")
        }
        return name
    }
}

extension ResultSequence {
    /// All that is in it; for results that are known to be few.
    func collected() async throws(StorageError) -> [Element] {
        var all: [Element] = []
        for try await element in self { all.append(element) }
        return all
    }
}
