public import StorageKit

/// What not every document is.
private struct Numbered: Codable, Sendable { var n: Int }

extension DocumentLaws {
    static func showsDocuments<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.documents",
            "If it is asked to, a feed gives an updated document as it is when the event is read: "
                + "nil if it is there no more."
        ) { scene in
            try await scene.put(["_id": 1], ["_id": 2])
            let feed = try await scene.things.changes(withDocuments: true)
            try await scene.things.updateOne(.field(.id, .equal(1)), [.set("a", 1)])
            try await scene.things.updateOne(.field(.id, .equal(1)), [.set("b", 2)])
            try await scene.things.updateOne(.field(.id, .equal(2)), [.set("a", 1)])
            try await scene.things.deleteOne(.field(.id, .equal(2)))
            let seen = try await scene.eventsTillNow(feed).map { try SeenEvent($0) }
            let now: Document = ["_id": 1, "a": 1, "b": 2]
            try scene.context.expectEqual(
                seen,
                [
                    .updated(1, ["a": 1], now: now), .updated(1, ["b": 2], now: now),
                    .updated(2, ["a": 1]), .deleted(2),
                ], "the events")
        }
    }

    static func silentWithoutChange<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law("feed.silent", "What changes nothing, or was refused, is no event.") { scene in
            try await scene.put(["_id": 1, "a": 1])
            let feed = try await scene.things.changes()
            try await scene.things.updateOne(.all, [.set("a", 1)])
            try await scene.things.replace(.all, with: ["_id": 1, "a": 1])
            try await scene.things.deleteOne(.field("a", .equal(9)))
            try await scene.context.expectThrows(.alreadyExists, "a taken identifier") {
                try await scene.things.insert(["_id": 1])
            }
            try scene.context.expectEqual(
                try await scene.eventsTillNow(feed).map { try SeenEvent($0) }, [], "the events")
        }
    }

    static func tellsDeleted<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law("feed.deleted", "A removal is told with the identifier, of each document.") { scene in
            try await scene.put(["_id": "a"], ["_id": ["b": 1]], ["_id": 3])
            let feed = try await scene.things.changes()
            try await scene.things.deleteMany(.all)
            let seen = try await scene.eventsTillNow(feed).map { try SeenEvent($0) }
            try scene.context.expectEqual(
                Set(seen), [.deleted("a"), .deleted(["b": 1]), .deleted(3)], "the events")
        }
    }

    static func endsWithDrop<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.dropped",
            "A feed ends behind the event that the collection was dropped; a feed behind that event "
                + "tells of the next collection of the name."
        ) { scene in
            try await scene.put(["_id": 1])
            let feed = try await scene.things.changes()
            try await scene.things.insert(["_id": 2])
            try await scene.things.drop()
            try await scene.things.insert(["_id": 3])
            var events: [DocumentEvent<Document>] = []
            for try await event in feed { events.append(event) }
            let last = events.last
            try scene.context.expectEqual(
                events.dropLast().filter { $0.id != .int64(1) }.map(\.id), [2],
                "the events before the end")
            guard let last, case .dropped = try last.change else {
                throw ConformanceFailure(
                    expected: "the drop to be told", seen: "\(String(describing: last))")
            }
            let next = try await scene.things.changes(after: last.position)
            try scene.context.expectEqual(
                try await scene.eventsTillNow(next).map(\.id), [3], "the new collection's")
        }
    }

    static func keepsUndecodable<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.undecodable",
            "A document that is none of the type is an event whose change throws; its position is "
                + "known, and the feed goes on."
        ) { scene in
            let numbered = DocumentCollection("things", of: Numbered.self, in: scene.store)
            let feed = try await numbered.changes()
            try await scene.things.insert(["_id": 1, "n": "text"])
            try await numbered.insert(Numbered(n: 2))
            var iterator = feed.makeAsyncIterator()
            let bad = try await iterator.next()
            try scene.context.expectEqual(bad?.id, 1, "the identifier of the undecodable one")
            try await scene.context.expectThrows(.decodingFailed, "its change") {
                try bad?.change
            }
            let good = try await iterator.next()
            guard case .inserted(let entity)? = try good?.change else {
                throw ConformanceFailure(expected: "the next insert", seen: "\(describe(good))")
            }
            try scene.context.expectEqual(entity.n, 2, "the next one")
            let resumed = try await numbered.changes(after: bad?.position)
            var rest = resumed.makeAsyncIterator()
            try scene.context.expectEqual(
                try await rest.next()?.position, good?.position, "what is behind it")
        }
    }

    static func refusesPositions<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law("feed.positions", "A position of another collection is refused.") { scene in
            let others = DocumentCollection("others", of: Document.self, in: scene.store)
            let position = try await scene.things.changes().beginning
            try await scene.context.expectThrows(.invalidArgument, "another one's position") {
                try await others.changes(after: position)
            }
        }
    }

    static func waitsForEvents<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law("feed.waits", "Who reads before there is an event gets it when it comes.") { scene in
            let feed = try await scene.things.changes()
            let reading = scene.task { try await scene.eventsToMarker(feed).map(\.id) }
            for id in 0..<20 {
                try await scene.things.insert(["_id": .int64(Int64(id))])
                await Task.yield()
            }
            try await scene.mark()
            try scene.context.expectEqual(
                try await reading.value, (0..<20).map { .int64($0) }, "what came")
        }
    }

    static func endsWithCancellation<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.cancelled", "Cancelling the task that waits for an event ends the feed."
        ) { scene in
            let feed = try await scene.things.changes()
            let reading = scene.task {
                var iterator = feed.makeAsyncIterator()
                return try await iterator.next()?.id
            }
            await Task.yield()
            reading.cancel()
            try await scene.context.expectThrows(.cancelled, "a cancelled reader") {
                try await reading.value
            }
            var iterator = feed.makeAsyncIterator()
            let next = try await iterator.next()
            try scene.context.expect(next == nil, "the feed to be over", seen: "\(describe(next))")
        }
    }

    static func manyEvents<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.many", "A reader that is slow misses nothing of what comes at once."
        ) { scene in
            let feed = try await scene.things.changes()
            for row in 0..<5 {
                try await scene.things.insert(
                    contentsOf: (0..<100).map { ["_id": .int64(Int64(row * 100 + $0))] })
            }
            try scene.context.expectEqual(
                try await scene.eventsTillNow(feed).map(\.id), (0..<500).map { .int64($0) },
                "the events")
        }
    }

    static func feedsAreLeft<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law("feed.left", "A feed that is left gives back what it held.") { scene in
            for id in 0..<40 {
                let feed = try await scene.things.changes()
                try await scene.things.insert(["_id": .int64(Int64(id))])
                for try await event in feed {
                    try scene.context.expectEqual(event.id, .int64(Int64(id)), "the event")
                    break
                }
            }
        }
    }

    static func endsWithStore<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law("feed.closed", "Closing the store ends its feeds, also those that wait.") { scene in
            let (idle, waiting) = (
                try await scene.things.changes(), try await scene.things.changes()
            )
            let reading = scene.task {
                var iterator = waiting.makeAsyncIterator()
                return try await iterator.next()?.id
            }
            await Task.yield()
            await scene.store.close()
            try await scene.context.expectThrows(.invalidState, "a feed that waits") {
                try await reading.value
            }
            try await scene.context.expectThrows(.invalidState, "a feed that is read later") {
                var iterator = idle.makeAsyncIterator()
                return try await iterator.next()?.id
            }
        }
    }

    /// The case of stores that have transactions and feeds.
    public static func transactionFeedCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where Harness.Subject: ChangeFeedDocumentStore & TransactionalDocumentStore {
        [
            law(
                "transaction.feed",
                "A feed tells what a transaction did after its commit, in order, and nothing of "
                    + "one that was rolled back."
            ) { scene in
                try await scene.put(["_id": "there"])
                let feed = try await scene.things.changes()
                try await scene.store.withTransaction { transaction in
                    let things = scene.things.in(transaction)
                    try await things.insert(["_id": 1])
                    try await scene.outside { try await scene.things.insert(["_id": 0]) }
                    try await things.updateOne(.field(.id, .equal(1)), [.set("a", 1)])
                    try await things.insert(["_id": 2])
                }
                _ = try? await scene.store.withTransaction { transaction in
                    try await scene.things.in(transaction).insert(["_id": 3])
                    throw StorageError.cancelled()
                }
                let seen = try await scene.eventsTillNow(feed).map { try SeenEvent($0) }
                try scene.context.expectEqual(
                    seen,
                    [
                        .inserted(0, ["_id": 0]), .inserted(1, ["_id": 1]),
                        .updated(1, ["a": 1]), .inserted(2, ["_id": 2]),
                    ], "the events")
            }
        ]
    }
}
