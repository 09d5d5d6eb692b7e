public import StorageKit
internal import Synchronization

extension GraphLaws {
    /// The cases of `TransactionalGraphStore`.
    public static func transactionCases<Harness: GraphHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: TransactionalGraphStore {
        [
            committed(), rolledBack(), ownWrites(), unseen(), snapshot(), increments(),
            refusedWrite(), storeInside(), cancelledInside(), usedAfterwards(),
        ]
    }

    private static func committed<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law("transaction.all", "What a transaction did has happened when it returns.") { scene in
            let old = try await scene.makeNodes(2)
            let made = try await scene.store.withTransaction { transaction in
                let node = try await transaction.createNode(["New"], ["a": 1])
                try await transaction.createRelationship(from: node, "TO", to: old[0])
                _ = try await transaction.updateNode(old[0], GraphNodeUpdate(["n": 9]))
                _ = try await transaction.deleteNode(old[1], detaching: false)
                return node
            }
            let context = scene.context
            try context.expectEqual(try await scene.property("a", of: made), 1, "the new node's")
            try context.expectEqual(
                try await scene.neighbours(made, .outgoing("TO")), [old[0]], "its neighbour")
            try context.expectEqual(try await scene.property("n", of: old[0]), 9, "the changed")
            try context.expectEqual(try await scene.store.node(old[1]), nil, "the deleted")
        }
    }

    private static func rolledBack<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law(
            "transaction.none",
            "A body that throws changes nothing, and its own error comes out of the transaction."
        ) { scene in
            let old = try await scene.makeNodes(2)
            var thrown: (any Error)?
            do {
                try await scene.store.withTransaction { transaction in
                    try await transaction.createNode(["New"])
                    try await transaction.createRelationship(from: old[0], "TO", to: old[1])
                    _ = try await transaction.updateNode(old[0], GraphNodeUpdate(["n": 9]))
                    throw Dismay()
                }
            } catch {
                thrown = error
            }
            try scene.context.expect(
                thrown is Dismay, "the body's own error", seen: "\(describe(thrown))")
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: nil), 2, "the nodes")
            try scene.context.expectEqual(
                try await scene.store.relationshipCount(type: nil), 0, "the relationships")
            try scene.context.expectEqual(
                try await scene.property("n", of: old[0]), 0, "the node that was changed")
        }
    }

    private static func ownWrites<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law("transaction.own-writes", "A transaction sees what it has written itself.") { scene in
            let old = try await scene.makeNodes(2)
            let context = scene.context
            try await scene.store.withTransaction { transaction in
                let node = try await transaction.createNode(["New"], ["a": 1])
                try await transaction.createRelationship(from: old[0], "TO", to: node)
                _ = try await transaction.deleteNode(old[1], detaching: false)
                try context.expectEqual(try await transaction.node(node)?["a"], 1, "the new node")
                try context.expectEqual(try await transaction.node(old[1]), nil, "the deleted one")
                let neighbours = try await transaction.neighbours(
                    of: old[0], .outgoing(), limit: 5)
                try context.expectEqual(neighbours.map(\.node), [node], "the neighbours")
                try context.expectEqual(
                    try await transaction.nodeCount(labelled: nil), 2, "the count")
            }
        }
    }

    private static func unseen<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law(
            "transaction.unseen",
            "Nobody else sees what a transaction has written before it returns."
        ) { scene in
            let node = try await scene.makeNodes(1)[0]
            try await scene.store.withTransaction { transaction in
                _ = try await transaction.updateNode(node, GraphNodeUpdate(["n": 9]))
                try await transaction.createNode(["New"])
                let seen = try await Task.detached {
                    let value = try await scene.store.node(node)?["n"]
                    return (value, try await scene.store.nodeCount(labelled: "New"))
                }.value
                try scene.context.expectEqual(seen.0, 0, "the node, seen from outside")
                try scene.context.expectEqual(seen.1, 0, "the new nodes, seen from outside")
            }
        }
    }

    private static func snapshot<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law("transaction.snapshot", "A snapshot stays as it is while others write.") { scene in
            let nodes = try await scene.makeNodes(2)
            try await scene.store.withSnapshot { snapshot in
                _ = try await scene.store.updateNode(nodes[0], GraphNodeUpdate(["n": 9]))
                try await scene.store.createRelationship(from: nodes[0], "TO", to: nodes[1])
                try await scene.store.createNode(["Thing"])
                let context = scene.context
                try context.expectEqual(try await snapshot.node(nodes[0])?["n"], 0, "the node")
                try context.expectEqual(
                    try await snapshot.degree(of: nodes[0], .either()), 0, "the degree")
                try context.expectEqual(
                    try await snapshot.nodeCount(labelled: "Thing"), 2, "the count")
            }
            try scene.context.expectEqual(
                try await scene.property("n", of: nodes[0]), 9, "the node afterwards")
        }
    }

    private static func increments<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        .overlappingLaw(
            "graph.transaction.increments",
            "Of transactions that read and write the same node at once, none is lost."
        ) { (scene: GraphScene<H>) in
            let node = try await scene.makeNodes(1)[0]
            let tasks = (0..<10).map { _ in
                scene.task {
                    try await scene.store.withTransaction { transaction in
                        guard case .integer(let value)? = try await transaction.node(node)?["n"]
                        else { return }
                        await Task.yield()
                        _ = try await transaction.updateNode(
                            node, GraphNodeUpdate(["n": .integer(value + 1)]))
                    }
                }
            }
            for task in tasks { _ = try await task.value }
            try scene.context.expectEqual(
                try await scene.property("n", of: node), 10, "the sum of ten increments")
        }
    }

    private static func refusedWrite<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law(
            "transaction.refused-write",
            "A refused write undoes the transaction: later calls and the commit are refused."
        ) { scene in
            let nodes = try await scene.makeNodes(2)
            try await scene.store.createRelationship(from: nodes[0], "TO", to: nodes[1])
            try await scene.context.expectThrows(.invalidState, "the transaction") {
                try await scene.store.withTransaction { transaction in
                    try await transaction.createNode(["New"])
                    _ = try? await transaction.deleteNode(nodes[0], detaching: false)
                    try await scene.context.expectThrows(.invalidState, "a later call") {
                        try await transaction.createNode(["New"])
                    }
                }
            }
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: "New"), 0, "the new nodes")
        }
    }

    private static func storeInside<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law(
            "transaction.store-inside",
            "A write of the store inside the body of its transaction is refused."
        ) { scene in
            try await scene.store.withTransaction { _ in
                try await scene.context.expectThrows(.invalidState, "a write of the store") {
                    try await scene.store.createNode()
                }
            }
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: nil), 0, "the nodes")
        }
    }

    private static func cancelledInside<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law(
            "transaction.cancelled",
            "The transaction of a task that is cancelled in its body changes nothing."
        ) { scene in
            let task = scene.task {
                try await scene.store.withTransaction { transaction in
                    try await transaction.createNode()
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            try await scene.context.expectThrows(.cancelled, "the transaction") {
                try await task.value
            }
            try scene.context.expectEqual(
                try await scene.store.nodeCount(labelled: nil), 0, "the nodes")
        }
    }

    private static func usedAfterwards<H: GraphHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalGraphStore {
        law("transaction.over", "A transaction that is over is of no use any more.") { scene in
            let left = try await scene.store.withTransaction { $0 }
            try await scene.context.expectThrows(.invalidState, "a write behind the commit") {
                try await left.createNode()
            }
            try await scene.context.expectThrows(.invalidState, "a read behind the commit") {
                try await left.nodeCount(labelled: nil)
            }
        }
    }
}

/// What a body throws that a law has written.
private struct Dismay: Error {}
