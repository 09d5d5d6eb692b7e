import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "Change feeds of MongoDB",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoFeedTests {
    @Test("feeds take no connection from calls, and are no more than were allowed")
    func limit() async throws {
        let settings = MongoSettings(
            maximumConnections: 1, connectionTimeout: .milliseconds(50), maximumFeeds: 2)
        try await MongoWorld.with(settings) { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            let first = try await things.changes()
            var second: DocumentFeed<Document>? = try await things.changes()
            try await expectError(.resourceExhausted) { _ = try await things.changes() }
            try await things.insert(["_id": 1])
            #expect(try await ids(first, 1) == [1])
            #expect(second != nil)
            second = nil
            try await waitUntil { (try? await things.changes()) != nil }
        }
    }

    @Test("a feed that waits is ended by cancellation, on the server too")
    func cancelled() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 1, maximumFeeds: 1)) {
            database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            for _ in 0..<3 {
                let feed = try await things.changes()
                let (begun, goOn) = (Gate(), Gate())
                let reading = Task {
                    begun.open()
                    await goOn.pass()
                    var iterator = feed.makeAsyncIterator()
                    return try await iterator.next()?.id
                }
                goOn.open()
                try await waitUntil { try await streams(of: database) == 1 }
                reading.cancel()
                try await expectError(.cancelled) { _ = try await reading.value }
                try await waitUntil { try await streams(of: database) == 0 }
            }
        }
    }

    @Test("a feed that is left ends its stream on the server")
    func left() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            var feed: DocumentFeed<Document>? = try await things.changes()
            #expect(try await streams(of: database) == 1)
            #expect(feed != nil)
            feed = nil
            try await waitUntil { try await streams(of: database) == 0 }
        }
    }

    @Test("a stream that somebody kills goes on behind its last event")
    func killedStream() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            let feed = try await things.changes()
            for round in 0..<3 {
                let rows = (0..<5).map {
                    Document(fields: [.init("_id", .int64(Int64($0 + round * 5)))])
                }
                try await things.insert(contentsOf: rows)
                #expect(try await ids(feed, 5) == rows.map { $0["_id"] })
                let streams = try await cursors(of: database)
                #expect(streams.count == 1)
                _ = try await database.command([
                    "killCursors": "things", "cursors": .array(streams),
                ])
            }
        }
    }

    @Test("a renamed collection and a dropped database end a feed as a drop does")
    func invalidated() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": 1])
            let renamed = try await things.changes()
            let name = database.core.database
            _ = try await database.command(
                [
                    "renameCollection": .string("\(name).things"),
                    "to": .string("\(name).others"),
                ], on: "admin")
            #expect(try await changesToEnd(renamed) == ["dropped"])
            try await things.insert(["_id": 1])
            let dropped = try await things.changes()
            _ = try await database.command(["dropDatabase": 1])
            #expect(try await changesToEnd(dropped) == ["dropped"])
        }
    }

    @Test("an array that is changed in the middle and cut off is told by its paths")
    func arrays() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            // A short one would be told as a whole, and so is whatever `$pop` has cut.
            let numbers = (0..<100).map { DocumentValue.int64($0) }
            try await things.insert(["_id": 1, "a": .array(numbers)])
            let feed = try await things.changes()
            _ = try await database.command([
                "update": "things",
                "updates": [["q": [:], "u": [["$set": ["a": ["$slice": ["$a", 99]]]]]]],
            ])
            try await things.updateOne(.all, [.set("a.1", 9)])
            var iterator = feed.makeAsyncIterator()
            guard case .updated(let cut, _)? = try await iterator.next()?.change,
                case .updated(let set, _)? = try await iterator.next()?.change
            else {
                Issue.record("no updates")
                return
            }
            #expect(cut == DocumentUpdateDescription(truncated: ["a": 99]))
            #expect(set == DocumentUpdateDescription(updated: ["a.1": 9]))
        }
    }

    private func streams(of database: MongoDatabase) async throws -> Int {
        try await cursors(of: database).count
    }

    /// The numbers of the change streams that wait or are asked on the server.
    private func cursors(of database: MongoDatabase) async throws -> [DocumentValue] {
        let admin = try MongoDatabase(TestServer.mongoDB.url(), database: "admin")
        let reply = try await admin.command([
            "aggregate": 1,
            "pipeline": [
                ["$currentOp": ["idleCursors": true]],
                [
                    "$match": [
                        "cursor.originatingCommand.aggregate": "things",
                        "cursor.originatingCommand.$db": .string(database.core.database),
                    ]
                ],
                ["$group": ["_id": "$cursor.cursorId"]],
            ],
            "cursor": [:],
        ])
        await admin.close()
        guard case .array(let found)? = reply[path: "cursor.firstBatch"] else { return [] }
        return found.compactMap {
            if case .document(let one) = $0 { one["_id"] } else { nil }
        }
    }
}

/// The identifiers of the next events.
func ids(
    _ feed: DocumentFeed<Document>, _ count: Int
) async throws -> [DocumentValue] {
    var seen: [DocumentValue] = []
    for try await event in feed {
        seen.append(event.id)
        if seen.count == count { break }
    }
    return seen
}

/// What a feed tells until it ends.
private func changesToEnd(_ feed: DocumentFeed<Document>) async throws -> [String] {
    var seen: [String] = []
    for try await event in feed {
        if case .dropped = try event.change { seen.append("dropped") } else { seen.append("other") }
    }
    return seen
}
