import StorageKit
import StorageKitTesting
import Testing

@testable import GraphInMemory

@Suite("Commits that wait for a journal")
struct CommitTests {
    private let journal = FakeJournal()
    private let graph: GraphInMemory

    init() {
        graph = GraphInMemory(GraphState(), limits: GraphLimits(), journal: journal)
    }

    private func creating(_ label: GraphLabel) -> Task<NodeID, any Error> {
        Task { [graph] in try await graph.createNode([label]) }
    }

    @Test("are built on each other, and published one by one when they are durable")
    func pipeline() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        let second = Task { [graph] in
            try await graph.withTransaction { transaction in
                #expect(try await transaction.nodeCount(labelled: "A") == 1)
                return try await transaction.createNode(["B"])
            }
        }
        await journal.waitForCommits(2)
        #expect(try await graph.nodeCount(labelled: nil) == 0)
        journal.completeFirst()
        #expect(try await first.value == NodeID(0))
        #expect(try await graph.nodeCount(labelled: nil) == 1)
        journal.completeFirst()
        #expect(try await second.value == NodeID(1))
        #expect(try await graph.nodeCount(labelled: nil) == 2)
        #expect(journal.written.count == 2)
    }

    @Test("fail with the one that they were built on, and the next begins at what was published")
    func failure() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        let second = creating("B")
        await journal.waitForCommits(2)
        let third = creating("C")
        await journal.waitForCommits(3)
        journal.completeFirst()
        journal.failFirst()
        let fourth = creating("D")
        while graph.commits.waiterCount < 1 { await Task.yield() }
        #expect(journal.resumptions == 0)
        journal.completeFirst()
        _ = try await first.value
        await expectError(.resourceExhausted) { try await second.value }
        await expectError(.resourceExhausted) { try await third.value }
        await journal.waitForCommits(4)
        #expect(journal.resumptions == 1)
        journal.completeFirst()
        #expect(try await fourth.value == NodeID(1))
        #expect(
            try await graph.nodes(labelled: nil, after: nil, limit: 9).map(\.labels) == [
                ["A"], ["D"],
            ])
    }

    @Test("a transaction whose base fails meanwhile is a conflict that can be tried again")
    func conflict() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        let gate = Gate()
        let second = Task { [graph] in
            try await graph.withTransaction { transaction in
                await gate.pass()
                try await transaction.createNode()
            }
        }
        await gate.reached()
        journal.failFirst()
        await expectError(.resourceExhausted) { try await first.value }
        gate.open()
        let error = await expectError(.conflict) { try await second.value }
        #expect(error?.isRetryable == true && error?.mayHaveBeenApplied == false)
        #expect(journal.enqueued == 1)
    }

    @Test("an answer without a change waits for what it was read from")
    func readOnly() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        let answer = Task { [graph] in try await graph.deleteNode(NodeID(0), detaching: false) }
        await journal.waitForCommits(2)
        let second = Task { [graph] in
            try await graph.withTransaction { try await $0.nodeCount(labelled: nil) }
        }
        let gate = Gate()
        let third = Task { [graph] in
            try await graph.withTransaction { transaction in
                await gate.pass()
                return try await transaction.nodeCount(labelled: nil)
            }
        }
        await gate.reached()
        journal.completeFirst()
        _ = try await first.value
        journal.failFirst()
        await expectError(.resourceExhausted) { try await answer.value }
        await expectError(.conflict) { try await second.value }
        gate.open()
        await expectError(.conflict) { try await third.value }
        #expect(try await graph.nodeCount(labelled: nil) == 1)
    }

    @Test("a refusal waits for what it was read from")
    func refusal() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        let edge = Task { [graph] in
            try await graph.createRelationship(from: NodeID(0), "TO", to: NodeID(7))
        }
        let node = Task { [graph] in try await graph.createNode([""]) }
        let last = creating("B")
        await journal.waitForCommits(2)
        journal.completeFirst()
        _ = try await first.value
        await expectError(.notFound) { try await edge.value }
        await expectError(.invalidArgument) { try await node.value }
        journal.completeFirst()
        _ = try await last.value
    }

    @Test("when the journal cannot go on, writes are refused and reads are not")
    func broken() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        journal.completeFirst()
        _ = try await first.value
        journal.breakForGood()
        let second = creating("B")
        await journal.waitForCommits(2)
        journal.failFirst()
        await expectError(.resourceExhausted) { try await second.value }
        await expectError(.resourceExhausted) { try await graph.createNode() }
        await expectError(.resourceExhausted) { try await graph.withTransaction { _ in } }
        #expect(try await graph.nodeCount(labelled: nil) == 1)
        #expect(journal.resumptions == 1)
        await graph.close()
    }

    @Test("a journal may fail a commit before the call returns")
    func failsAtOnce() async throws {
        journal.failAtOnce(true)
        await expectError(.resourceExhausted) { try await graph.createNode() }
        journal.failAtOnce(false)
        let second = creating("A")
        await journal.waitForCommits(2)
        journal.completeFirst()
        #expect(try await second.value == NodeID(0))
    }

    @Test("the end waits for them, and then closes the journal")
    func closing() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        let closing = Task { [graph] in await graph.close() }
        while (try? graph.snapshot()) != nil { await Task.yield() }
        #expect(!journal.isClosed)
        await expectError(.invalidState) { try await graph.createNode() }
        journal.completeFirst()
        _ = try await first.value
        await closing.value
        #expect(journal.isClosed)
    }

    @Test("a commit that has begun is waited for although its task is cancelled")
    func cancellation() async throws {
        let first = creating("A")
        await journal.waitForCommits(1)
        first.cancel()
        journal.completeFirst()
        #expect(try await first.value == NodeID(0))
    }
}
