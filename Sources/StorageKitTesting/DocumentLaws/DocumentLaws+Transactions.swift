public import StorageKit
internal import Synchronization

extension DocumentLaws {
    /// The cases of `TransactionalDocumentStore`.
    public static func transactionCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: TransactionalDocumentStore {
        [
            committed(), rolledBack(), ownWrites(), unseen(), snapshot(), conflict(), increments(),
            oneMoment(), storeInside(), refusedWrite(), cancelledInside(), usedAfterwards(),
            leftSequence(), newCollection(),
        ]
    }

    private static func committed<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.all",
            "What a transaction did has happened when it returns, in every collection."
        ) { scene in
            try await scene.put(["a": 1], ["a": 2])
            let answer = try await scene.store.withTransaction { transaction in
                let (things, others) = (scene.things.in(transaction), scene.others(transaction))
                try await things.insert(["_id": 9, "a": 9])
                try await things.updateOne(.field(.id, .equal(0)), [.increment("a", by: 10)])
                try await things.deleteOne(.field(.id, .equal(1)))
                try await others.insert(["_id": 1])
                _ = try await things.modify(
                    DocumentModification(
                        .field(.id, .equal(9)), .replace(with: ["_id": 9, "a": 90])))
                return "done"
            }
            try scene.context.expectEqual(answer, "done", "what the body returned")
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 0, "a": 11], ["_id": 9, "a": 90]],
                "the documents after a transaction")
            try scene.context.expectEqual(
                try await scene.others(scene.store).count(.all), 1, "the other collection's")
        }
    }

    private static func rolledBack<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.none",
            "A body that throws changes nothing, and its own error comes out of the transaction."
        ) { scene in
            try await scene.put(["a": 1], ["a": 2])
            let before = try await scene.all()
            var thrown: (any Error)?
            do {
                try await scene.store.withTransaction { transaction in
                    let things = scene.things.in(transaction)
                    try await things.insert(["_id": 9])
                    try await things.updateMany(.all, [.increment("a", by: 1)])
                    try await things.deleteOne(.field(.id, .equal(1)))
                    try await scene.others(transaction).insert(["_id": 1])
                    throw Dismay()
                }
            } catch {
                thrown = error
            }
            try scene.context.expect(
                thrown is Dismay, "the body's own error", seen: "\(describe(thrown))")
            try scene.context.expectEqual(try await scene.all(), before, "what was there")
            try scene.context.expectEqual(
                try await scene.others(scene.store).count(.all), 0, "the other collection's")
        }
    }

    private static func ownWrites<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law("transaction.own-writes", "A transaction sees what it has written itself.") { scene in
            try await scene.put(["a": 1], ["a": 2])
            try await scene.store.withTransaction { transaction in
                let things = scene.things.in(transaction)
                try await things.updateOne(.field(.id, .equal(0)), [.set("a", 7)])
                try await things.insert(["_id": 5, "a": 5])
                try await things.deleteOne(.field(.id, .equal(1)))
                let context = scene.context
                try context.expectEqual(try await things.count(.all), 2, "the count inside")
                try context.expectEqual(
                    try await things.first(.field(.id, .equal(0)))?["a"], 7, "a changed document")
                try context.expectEqual(
                    try await things.distinct(Field<DocumentValue>("a")).count, 2, "the values")
                var seen: [DocumentValue?] = []
                for try await thing in things.find(.all, order: DocumentOrder(.id)) {
                    seen.append(thing["_id"])
                }
                try context.expectEqual(seen, [0, 5], "the documents inside")
            }
        }
    }

    private static func unseen<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.unseen", "Nobody sees what a transaction wrote before its commit."
        ) { scene in
            try await scene.put(["a": 1])
            try await scene.store.withTransaction { transaction in
                try await scene.things.in(transaction).updateOne(.all, [.set("a", 2)])
                try await scene.things.in(transaction).insert(["_id": 9])
                let seen = try await scene.outside { try await scene.all() }
                try scene.context.expectEqual(seen, [["_id": 0, "a": 1]], "what others see")
            }
            try scene.context.expectEqual(try await scene.all().count, 2, "what they see then")
        }
    }

    private static func snapshot<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.snapshot",
            "A transaction reads one moment, whatever others write meanwhile."
        ) { scene in
            try await scene.put(["a": 1], ["a": 2])
            let before = try await scene.all()
            try await scene.store.withTransaction { transaction in
                let things = scene.things.in(transaction)
                _ = try await things.first(.field(.id, .equal(0)))
                try await scene.outside {
                    try await scene.things.updateMany(.all, [.increment("a", by: 10)])
                    try await scene.things.insert(["_id": 9, "a": 9])
                }
                var seen: [Document] = []
                for try await thing in things.find(.all, order: DocumentOrder(.id)) {
                    seen.append(thing)
                }
                try scene.context.expectEqual(seen, before, "the same moment's documents")
            }
            try scene.context.expectEqual(
                try await scene.things.count(.field("a", .greater(8))), 3, "what others wrote")
        }
    }

    private static func conflict<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.conflict",
            "A transaction that writes what somebody else has changed since it began is refused as "
                + "a conflict, which may be tried again, and does nothing."
        ) { scene in
            try await scene.put(["a": 1], ["a": 1])
            let error = try await scene.context.expectThrows(.conflict, "a lost update") {
                try await scene.store.withTransaction { transaction in
                    let things = scene.things.in(transaction)
                    _ = try await things.first(.field(.id, .equal(0)))
                    try await scene.outside {
                        try await scene.things.updateOne(.field(.id, .equal(0)), [.set("a", 5)])
                    }
                    try await things.updateOne(.field(.id, .equal(1)), [.set("a", 2)])
                    try await things.updateOne(.field(.id, .equal(0)), [.set("a", 2)])
                }
            }
            try scene.context.expect(error.isRetryable, "a conflict to be retryable")
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 0, "a": 5], ["_id": 1, "a": 1]],
                "what the other one wrote")
        }
    }

    private static func increments<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.increments",
            "Transactions that read a number and write the next one, and are run again after a "
                + "conflict, all count."
        ) { scene in
            try await scene.put(["n": .int64(0)])
            // The others may happen to meet nobody.
            let isFirst = Mutex(true)
            try await scene.increment {
                guard
                    isFirst.withLock({ isFirst in
                        defer { isFirst = false }
                        return isFirst
                    })
                else { return }
                try await scene.outside { try await scene.increment() }
            }
            _ = try await scene.atOnce { _ in
                for _ in 0..<5 { try await scene.increment() }
            }
            try scene.context.expectEqual(
                try await scene.all(), [["_id": 0, "n": 42]], "the number after 42 increments")
        }
    }

    private static func oneMoment<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.one-moment",
            "Nobody sees a transaction half done: two documents that are changed together have the "
                + "same sum in every transaction that reads them."
        ) { scene in
            try await scene.put(["n": 50], ["n": 50])
            let writing = scene.task {
                for round in 0..<20 {
                    try await scene.store.withTransaction { transaction in
                        let things = scene.things.in(transaction)
                        let numbers = [
                            DocumentValue.int64(Int64(round)), .int64(100 - Int64(round)),
                        ]
                        for (id, number) in numbers.enumerated() {
                            try await things.updateOne(
                                .field(.id, .equal(.int64(Int64(id)))), [.set("n", number)])
                            await Task.yield()
                        }
                    }
                }
            }
            for _ in 0..<20 {
                let sum = try await scene.store.withTransaction { transaction in
                    var sum: Int64 = 0
                    for id in [DocumentValue.int64(0), .int64(1)] {
                        let thing = try await scene.things.in(transaction)
                            .first(.field(.id, .equal(id)))
                        if case .int64(let number)? = thing?["n"] { sum += number }
                        await Task.yield()
                    }
                    return sum
                }
                try scene.context.expectEqual(sum, 100, "the sum at one moment")
            }
            try await writing.value
        }
    }
}

/// An error of a body's own.
private struct Dismay: Error {}

extension DocumentScene {
    /// Another collection, of a store or a transaction.
    func others<Other: DocumentQuerying>(_ store: Other) -> DocumentCollection<Other, Document> {
        DocumentCollection("others", in: store)
    }

    /// Runs a body as somebody who is in no transaction.
    @discardableResult
    func outside<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await Task.detached { try await body() }.value
    }
}

extension DocumentScene where Store: TransactionalDocumentStore {
    /// Reads the number and writes the next one; again when another one was faster.
    fileprivate func increment(
        meanwhile: @escaping @Sendable () async throws -> Void = { await Task.yield() }
    ) async throws {
        var retry = TransactionRetry()
        (retry.attempts, retry.firstPause) = (200, .milliseconds(1))
        try await store.withRetryingTransaction(retry: retry) { transaction in
            let things = things.in(transaction)
            guard case .int64(let number)? = try await things.first(.all)?["n"] else { return }
            try await meanwhile()
            try await things.updateOne(.all, [.set("n", .int64(number + 1))])
        }
    }
}
