import StorageKit
import Testing

@testable import GraphInMemory

@Suite("How patterns are run")
struct PatternRunningTests {
    /// A hub with so many spokes, both ways.
    private func star(_ count: Int) throws -> PlainGraph {
        var graph = PlainGraph()
        let hub = try graph.node(["Hub"])
        for _ in 0..<count {
            let spoke = try graph.node(["Spoke"])
            try graph.relate(hub, "OUT", spoke)
            try graph.relate(spoke, "IN", hub)
        }
        return graph
    }

    @Test("what is deleted while matches are read is still found: an iteration is one moment")
    func deletion() async throws {
        let store = try star(100).store
        let spoke = GraphNodeVariable("Spoke")
        let pattern = GraphPattern.match(GraphNodeVariable("Hub")).expand(
            .outgoing("OUT"), to: spoke)
        var found = 0
        for try await row in store.matches(of: pattern) {
            found += 1
            #expect(row[spoke].labels == ["Spoke"])
            if found == 1 {
                for id in UInt64(0)...100 {
                    #expect(try await store.deleteNode(NodeID(id), detaching: true))
                }
            }
        }
        #expect(found == 100)
        #expect(try await store.count(of: pattern) == 0)
    }

    @Test("one match of very many costs few relationships")
    func backPressure() throws {
        let state = try star(300).state
        let (one, another) = (GraphNodeVariable("Spoke"), GraphNodeVariable("Spoke"))
        let third = GraphNodeVariable("Spoke")
        let hub = GraphNodeVariable("Hub")
        let pattern = GraphPattern.match(hub).expand(.outgoing("OUT"), to: one)
            .from(hub).expand(.outgoing("OUT"), to: another)
            .from(hub).expand(.outgoing("OUT"), to: third)
        let plan = try PatternPlanner(pattern, in: state).plan()
        let execution = state.execution(of: plan)
        #expect(execution.turn(1, work: 1_000).rows.count == 1)
        #expect(execution.counts.reduce(0) { $0 + $1.relationships } < 10)
        // Going on costs as much as is asked for.
        #expect(execution.turn(500, work: 10_000).rows.count == 500)
        #expect(execution.counts.reduce(0) { $0 + $1.relationships } < 2_000)
    }

    @Test("a turn's work is bounded where nothing is found")
    func turns() throws {
        let state = try star(300).state
        let (one, another) = (GraphNodeVariable("Spoke"), GraphNodeVariable("Spoke"))
        let pattern = GraphPattern.match(one)
            .expand(.either(), hops: 1..., to: another).filter(another.has("Hub") && one.has("Hub"))
        let plan = try PatternPlanner(pattern, in: state).plan()
        let execution = state.execution(of: plan)
        let turn = execution.turn(10, work: 5_000)
        #expect(turn.rows.isEmpty)
        #expect(execution.counts.reduce(0) { $0 + $1.relationships } < 5_100)
    }

    @Test("a long match ends when its task is cancelled")
    func cancellation() async throws {
        let store = try star(300).store
        let (one, another) = (GraphNodeVariable("Spoke"), GraphNodeVariable("Nothing"))
        // Some hundred factorial walks, and none of them ends where it should.
        let pattern = GraphPattern.match(one).expand(.either(), hops: 1..., to: another)
            .filter(!another.has("Spoke"))
        let endless = GraphPattern(
            nodes: pattern.nodes.map { GraphNodePattern($0.variable) },
            relationships: pattern.relationships,
            where: one.has("Hub") && another.has("Hub") && another.isDifferent(from: one))
        let counting = Task { try await store.count(of: endless) }
        let reading = Task { try await store.firstMatch(of: endless) }
        // Both have begun, or will find that they are cancelled: either way they end.
        await Task.yield()
        counting.cancel()
        reading.cancel()
        for result in [await counting.result.map { _ in }, await reading.result.map { _ in }] {
            #expect(throws: StorageError.self) { try result.get() }
        }
    }

    @Test("a sequence that is left gives back what it held, and a new iteration begins anew")
    func anew() async throws {
        let store = try star(50).store
        let spoke = GraphNodeVariable("Spoke")
        let matches = store.matches(of: .match(spoke), selecting: spoke.id)
        var first: NodeID?
        for try await id in matches {
            first = id
            break
        }
        _ = try await store.deleteNode(try #require(first), detaching: true)
        var ids: [NodeID] = []
        for try await id in matches { ids.append(id) }
        #expect(ids.count == 49)
        #expect(!ids.contains(try #require(first)))
    }
}
