import StorageKit
import StorageKitTesting
import Testing

@testable import GraphInMemory

@Suite("A transaction of a graph")
struct GraphTransactionTests {
    private struct Refusal: Error {}

    @Test("sees what it has written, and nobody else does before the commit")
    func isolation() async throws {
        let graph = GraphInMemory()
        try await graph.withTransaction { transaction in
            let node = try await transaction.createNode(["A"])
            #expect(try await transaction.node(node)?.labels == ["A"])
            #expect(try await transaction.nodeCount(labelled: "A") == 1)
            #expect(try await graph.nodeCount(labelled: nil) == 0)
            try await transaction.createRelationship(from: node, "TO", to: node)
            var count = 0
            for try await _ in transaction.neighbours(of: node, .either()) { count += 1 }
            #expect(count == 1)
        }
        #expect(try await graph.nodeCount(labelled: "A") == 1)
        #expect(try await graph.relationshipCount(type: "TO") == 1)
    }

    @Test("is undone by the error of its body")
    func undone() async throws {
        let graph = GraphInMemory()
        await #expect(throws: Refusal.self) {
            try await graph.withTransaction { transaction in
                try await transaction.createNode()
                throw Refusal()
            }
        }
        #expect(try await graph.nodeCount(labelled: nil) == 0)
        #expect(try await graph.createNode() == NodeID(0))
    }

    @Test("is undone by a refused write, also when the body goes on")
    func refusedWrite() async throws {
        let graph = GraphInMemory()
        await expectError(.invalidState) {
            try await graph.withTransaction { transaction in
                let node = try await transaction.createNode()
                await expectError(.notFound) {
                    try await transaction.createRelationship(from: node, "TO", to: NodeID(9))
                }
                await expectError(.invalidState) { try await transaction.createNode() }
                await expectError(.invalidState) { try await transaction.node(node) }
            }
        }
        #expect(try await graph.nodeCount(labelled: nil) == 0)
    }

    @Test("refuses writes of the store in its body, and lets it read")
    func reentrance() async throws {
        let graph = GraphInMemory()
        try await graph.withTransaction { transaction in
            await expectError(.invalidState) { try await graph.createNode() }
            await expectError(.invalidState) { try await graph.withTransaction { _ in } }
            async let child = expectError(.invalidState) { try await graph.createNode() }
            _ = await child
            try await transaction.createNode()
            #expect(try await graph.withSnapshot { try await $0.nodeCount(labelled: nil) } == 0)
        }
        #expect(try await graph.createNode() == NodeID(1))
    }

    @Test("is of no use after its body")
    func afterwards() async throws {
        let graph = GraphInMemory()
        let transaction = try await graph.withTransaction { $0 }
        await expectError(.invalidState) { try await transaction.createNode() }
        await expectError(.invalidState) { try await transaction.nodeCount(labelled: nil) }
        await expectError(.invalidState) {
            for try await _ in transaction.neighbours(of: NodeID(0), .either()) {}
        }
    }

    @Test("is rolled back when its task is cancelled, whatever the body says")
    func cancellation() async throws {
        let graph = GraphInMemory()
        let gate = Gate()
        let task = Task {
            try await graph.withTransaction { transaction in
                try await transaction.createNode()
                await gate.pass()
            }
        }
        await gate.reached()
        task.cancel()
        gate.open()
        await expectError(.cancelled) { try await task.value }
        #expect(try await graph.nodeCount(labelled: nil) == 0)
        try await graph.createNode()
    }

    @Test("waits for its turn in the order of coming, and not any more when it is cancelled")
    func queue() async throws {
        let graph = GraphInMemory()
        let gate = Gate()
        let first = Task {
            try await graph.withTransaction { transaction in
                await gate.pass()
                return try await transaction.createNode(["First"])
            }
        }
        await gate.reached()
        let second = Task { try await graph.createNode(["Second"]) }
        while graph.commits.waiterCount < 1 { await Task.yield() }
        let third = Task { try await graph.createNode(["Third"]) }
        while graph.commits.waiterCount < 2 { await Task.yield() }
        let closing = Task { await graph.close() }
        second.cancel()
        await expectError(.cancelled) { try await second.value }
        let snapshot = graph.commits
        gate.open()
        #expect(try await first.value == NodeID(0))
        #expect(try await third.value == NodeID(1))
        await closing.value
        #expect(snapshot.waiterCount == 0)
    }

    @Test("that many tasks run at once happen as if one after the other")
    func serializable() async throws {
        let graph = GraphInMemory()
        let counter = try await graph.createNode([], ["count": 0])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await graph.withTransaction { transaction in
                        let node = try await transaction.node(counter)
                        guard case .integer(let count)? = node?["count"] else { return }
                        await Task.yield()
                        _ = try await transaction.updateNode(
                            counter, GraphNodeUpdate(["count": .integer(count + 1)]))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await graph.node(counter)?["count"] == 50)
    }
}
