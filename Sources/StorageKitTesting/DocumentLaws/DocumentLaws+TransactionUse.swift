import StorageKit

extension DocumentLaws {
    static func storeInside<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.store-inside",
            "Using the store inside a transaction of its own is refused, also by a child task."
        ) { scene in
            try await scene.put(["a": 1])
            let things = scene.things
            try await scene.store.withTransaction { transaction in
                let context = scene.context
                try await context.expectThrows(.invalidState, "a read of the store inside") {
                    try await things.first(.all)
                }
                try await context.expectThrows(.invalidState, "a write of the store inside") {
                    try await things.insert(["a": 2])
                }
                try await context.expectThrows(.invalidState, "a sequence of the store inside") {
                    for try await _ in things.find(.all) {}
                }
                try await context.expectThrows(.invalidState, "a transaction inside another") {
                    try await scene.store.withTransaction { _ in }
                }
                try await context.expectThrows(.invalidState, "a child task's call") {
                    try await withThrowingTaskGroup(of: Int.self) { group in
                        group.addTask { try await things.count(.all) }
                        return try await group.next()
                    }
                }
                try await things.in(transaction).insert(["_id": 9])
            }
            try scene.context.expectEqual(try await things.count(.all), 2, "what was committed")
        }
    }

    static func refusedWrite<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.refused-write",
            "A refused write undoes the transaction: who goes on is told so by every later call "
                + "and by the commit."
        ) { scene in
            try await scene.put(["a": 1])
            let before = try await scene.all()
            try await scene.context.expectThrows(.invalidState, "the commit after a refusal") {
                try await scene.store.withTransaction { transaction in
                    let things = scene.things.in(transaction)
                    try await things.insert(["_id": 5])
                    try await scene.context.expectThrows(.alreadyExists, "a taken identifier") {
                        try await things.insert(["_id": 0])
                    }
                    try await scene.context.expectThrows(.invalidState, "a read after it") {
                        try await things.first(.all)
                    }
                    try await scene.context.expectThrows(.invalidState, "a write after it") {
                        try await things.insert(["_id": 6])
                    }
                }
            }
            try scene.context.expectEqual(try await scene.all(), before, "what was there")
            try await scene.context.expectThrows(.invalidState, "the commit at once after it") {
                try await scene.store.withTransaction { transaction in
                    let things = scene.things.in(transaction)
                    try await things.insert(["_id": 5])
                    let result = try await things.write([.insert(["_id": 0])])
                    try scene.context.expectEqual(
                        result.errors[0]?.code, .alreadyExists, "the error in a result")
                }
            }
            try scene.context.expectEqual(try await scene.all(), before, "what was there")
        }
    }

    static func cancelledInside<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.cancelled",
            "A transaction whose task is cancelled is rolled back, whatever its body does then."
        ) { scene in
            try await scene.put(["a": 1])
            let before = try await scene.all()
            let (inside, goOn) = (Gate(), Gate())
            let task = scene.task {
                try await scene.store.withTransaction { transaction in
                    try await scene.things.in(transaction).insert(["_id": 9])
                    await inside.pass()
                    // A body that takes no notice of being cancelled.
                    await Task.detached { await goOn.pass() }.value
                }
            }
            await inside.reached()
            task.cancel()
            inside.open()
            goOn.open()
            try await scene.context.expectThrows(.cancelled, "a cancelled transaction") {
                try await task.value
            }
            try scene.context.expectEqual(try await scene.all(), before, "what was there")
            // Who comes next finds everything in order.
            try await scene.store.withTransaction { transaction in
                try await scene.things.in(transaction).insert(["_id": 9])
            }
            try scene.context.expectEqual(try await scene.things.count(.all), 2, "the next one's")
        }
    }

    static func usedAfterwards<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.over", "A transaction that is over refuses every call, its sequences too."
        ) { scene in
            try await scene.put((0..<3).map { ["a": .int64($0)] })
            let (transaction, iterator) = try await scene.store.withTransaction { transaction in
                let iterator = OneAtATime(scene.things.in(transaction).find(.all))
                _ = try await iterator.next()
                return (transaction, iterator)
            }
            let things = scene.things.in(transaction)
            try await scene.context.expectThrows(.invalidState, "a read afterwards") {
                try await things.first(.all)
            }
            try await scene.context.expectThrows(.invalidState, "a count afterwards") {
                try await things.count(.all)
            }
            try await scene.context.expectThrows(.invalidState, "a write afterwards") {
                try await things.insert(["_id": 9])
            }
            try await scene.context.expectThrows(.invalidState, "a sequence begun afterwards") {
                for try await _ in things.find(.all) {}
            }
            // What it has read already it may give out.
            var count = 1
            do throws(StorageError) {
                while try await iterator.next() != nil { count += 1 }
            } catch {
                try scene.context.expectEqual(
                    error.code, .invalidState, "the end of a sequence that is left over")
            }
            try scene.context.expect(count <= 3, "no more than there is", seen: "\(count)")
            try scene.context.expectEqual(try await scene.things.count(.all), 3, "all there is")
        }
    }

    static func leftSequence<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.sequence",
            "A sequence inside a transaction may be long, and may be left; the transaction goes on."
        ) { scene in
            for row in 0..<3 {
                try await scene.things.insert(
                    contentsOf: (0..<500).map { ["a": .int64(Int64(row * 500 + $0))] })
            }
            try await scene.store.withTransaction { transaction in
                let things = scene.things.in(transaction)
                var count = 0
                for try await _ in things.find(.all) { count += 1 }
                try scene.context.expectEqual(count, 1_500, "the documents inside")
                for try await thing in things.find(.all) where thing["a"] == 1_100 { break }
                try await things.deleteMany(.field("a", .greaterOrEqual(1)))
                let kept = OneAtATime(things.find(.all))
                _ = try await kept.next()
                try await things.insert(["_id": "new"])
            }
            try scene.context.expectEqual(
                try await scene.things.count(.all), 2, "what the transaction has left")
        }
    }

    static func newCollection<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: TransactionalDocumentStore {
        law(
            "transaction.new-collection",
            "A transaction may write to a collection that is not there yet."
        ) { scene in
            try await scene.store.withTransaction { transaction in
                let others = scene.others(transaction)
                try scene.context.expectEqual(try await others.count(.all), 0, "an absent one's")
                try await others.insert(contentsOf: [["_id": 1], ["_id": 2]])
                try scene.context.expectEqual(try await others.count(.all), 2, "a new one's")
            }
            try scene.context.expectEqual(
                try await scene.others(scene.store).count(.all), 2, "the new collection's")
        }
    }
}

/// An iterator that can be handed on.
private actor OneAtATime<Element: Sendable> {
    private var iterator: ResultSequence<Element>.AsyncIterator

    init(_ sequence: ResultSequence<Element>) { iterator = sequence.makeAsyncIterator() }

    func next() async throws(StorageError) -> Element? {
        var copy = iterator
        defer { iterator = copy }
        return try await copy.next(isolation: self)
    }
}
