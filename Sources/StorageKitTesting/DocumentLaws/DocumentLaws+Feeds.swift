public import StorageKit

extension DocumentLaws {
    /// The cases of `ChangeFeedDocumentStore`.
    public static func feedCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ChangeFeedDocumentStore {
        [
            tellsInOrder(), beginsWithOpening(), resumes(), severalReaders(), describesUpdates(),
            showsDocuments(), silentWithoutChange(), tellsDeleted(), endsWithDrop(),
            keepsUndecodable(), refusesPositions(), waitsForEvents(), endsWithCancellation(),
            manyEvents(), feedsAreLeft(), endsWithStore(),
        ]
    }

    private static func tellsInOrder<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.order", "A feed tells of every change, of every kind, as it came about, in order."
        ) { scene in
            let things = scene.things
            let feed = try await things.changes()
            try await things.insert(["_id": 1, "a": 1])
            try await things.insert(["_id": 2])
            try await things.updateOne(.field(.id, .equal(1)), [.set("a", 2)])
            try await things.replace(.field(.id, .equal(2)), with: ["_id": 2, "b": 1])
            _ = try await things.modify(
                DocumentModification(.field(.id, .equal(1)), .replace(with: ["_id": 1, "c": 1])))
            try await things.updateOne(.field(.id, .equal(3)), [.set("a", 3)], upsert: true)
            try await things.deleteOne(.field(.id, .equal(1)))
            let seen = try await scene.eventsTillNow(feed).map { try SeenEvent($0) }
            try scene.context.expectEqual(
                seen,
                [
                    .inserted(1, ["_id": 1, "a": 1]), .inserted(2, ["_id": 2]),
                    .updated(1, ["a": 2]), .replaced(2, ["_id": 2, "b": 1]),
                    .replaced(1, ["_id": 1, "c": 1]), .inserted(3, ["_id": 3, "a": 3]),
                    .deleted(1),
                ], "the events")
        }
    }

    private static func beginsWithOpening<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.from-opening",
            "A feed has what is written after it was opened, all of it and nothing else, also of "
                + "a collection that was not there."
        ) { scene in
            let early = try await scene.things.changes()
            try await scene.things.insert(["_id": 1])
            let late = try await scene.things.changes()
            try await scene.things.insert(["_id": 2])
            try await DocumentCollection("others", of: Document.self, in: scene.store)
                .insert(["_id": 3])
            try await scene.mark()
            try scene.context.expectEqual(
                try await scene.eventsToMarker(late).map(\.id), [2], "the later feed's")
            try scene.context.expectEqual(
                try await scene.eventsToMarker(early).map(\.id), [1, 2], "the earlier feed's")
        }
    }

    private static func resumes<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.resume",
            "A feed that is opened with the position of an event, also one that was kept as a "
                + "text, has exactly what is behind that event."
        ) { scene in
            let things = scene.things
            let feed = try await things.changes()
            for id in 0..<4 { try await things.insert(["_id": .int64(Int64(id))]) }
            try await things.updateMany(.all, [.set("a", 1)])
            try await things.deleteOne(.field(.id, .equal(2)))
            let events = try await scene.eventsTillNow(feed)
            try scene.context.expectEqual(events.count, 9, "how many events there are")
            let positions = [feed.beginning] + events.map(\.position)
            for (place, position) in positions.enumerated() {
                let kept = try DocumentFeedPosition(position.text)
                let resumed = try await things.changes(after: kept)
                let rest = try await scene.eventsToMarker(resumed)
                try scene.context.expectEqual(
                    try rest.map { try SeenEvent($0) },
                    try events.dropFirst(place).map { try SeenEvent($0) },
                    "what is behind \(place) events")
                try scene.context.expectEqual(
                    rest.map(\.position), events.dropFirst(place).map(\.position),
                    "their positions")
            }
        }
    }

    private static func severalReaders<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law("feed.readers", "Every feed has every event, however many there are.") { scene in
            let feeds = [
                try await scene.things.changes(), try await scene.things.changes(),
                try await scene.things.changes(),
            ]
            for id in 0..<10 { try await scene.things.insert(["_id": .int64(Int64(id))]) }
            try await scene.mark()
            for feed in feeds {
                try scene.context.expectEqual(
                    try await scene.eventsToMarker(feed).map(\.id),
                    (0..<10).map { .int64($0) }, "what each reads")
            }
        }
    }

    private static func describesUpdates<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeFeedDocumentStore {
        law(
            "feed.updates",
            "An update is told with the fields that it changed, those inside documents by their "
                + "paths, and those that it removed."
        ) { scene in
            try await scene.put(["_id": 1, "a": 1, "b": ["c": 1, "d": 2], "e": 5])
            let feed = try await scene.things.changes()
            try await scene.things.updateOne(
                .all, [.set("a", 2), .set("b.c", 3), .unset("e"), .unset("b.d"), .set("f", [1])])
            let events = try await scene.eventsTillNow(feed)
            try scene.context.expectEqual(events.count, 1, "how many events there are")
            guard case .updated(let description, let now) = try events[0].change else {
                throw ConformanceFailure(expected: "an update", seen: "\(events[0])")
            }
            let fields = description.updated.fields.sorted { $0.name < $1.name }
            try scene.context.expectEqual(
                Document(fields: fields), ["a": 2, "b.c": 3, "f": [1]], "what it changed")
            try scene.context.expectEqual(
                description.removed.sorted(), ["b.d", "e"], "what it removed")
            try scene.context.expectEqual(now, nil, "a document that was not asked for")
        }
    }
}
