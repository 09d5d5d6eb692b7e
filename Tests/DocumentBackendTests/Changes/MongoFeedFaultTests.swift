import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "Change feeds of MongoDB when things go wrong",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoFeedFaultTests {
    @Test("a server that is killed and started again under a feed loses and repeats nothing")
    func restarted() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let durable = database.with(
                    writeConcern: MongoWriteConcern(.majority, journal: true))
                let things = DocumentCollection("things", of: Document.self, in: durable)
                let feed = try await things.changes()
                let reading = Task { try await ids(feed, 30) }
                for round in 0..<3 {
                    for place in 0..<10 {
                        try await things.insert(["_id": .int64(Int64(round * 10 + place))])
                    }
                    if round < 2 { try await member.server.restart() }
                    try await waitUntil { (try? await things.count(.all)) != nil }
                }
                #expect(try await reading.value == (0..<30).map { .int64($0) })
            }
        }
    }

    @Test("answers that are lost and streams that are refused lose and repeat nothing")
    func refused() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                let feed = try await things.changes()
                let failures: [(String, Document)] = [
                    ("getMore", ["closeConnection": true]), ("getMore", ["errorCode": 43]),
                    ("getMore", ["errorCode": 11_600]),
                    ("getMore", ["errorCode": 10_107, "closeConnection": true]),
                ]
                for (place, failure) in failures.enumerated() {
                    try await member.refuse(failure.0, times: 2, failure.1)
                    try await things.insert(["_id": .int64(Int64(place))])
                    #expect(try await ids(feed, 1) == [.int64(Int64(place))])
                    try await member.refuseNothing()
                }
            }
        }
    }

    @Test("a position that the server no longer knows is not found, and ends the feed")
    func historyLost() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                let feed = try await things.changes()
                try await member.refuse("getMore", times: 1, ["errorCode": 286])
                try await expectError(.notFound) {
                    for try await _ in feed {}
                }
                try await member.refuse("aggregate", times: 1, ["errorCode": 286])
                try await expectError(.notFound) {
                    _ = try await things.changes(after: feed.beginning)
                }
            }
        }
    }

    @Test("a server that stays away ends a feed after its time, and another one goes on")
    func stayedAway() async throws {
        try await MongoMember.with { member in
            let settings = MongoSettings(
                maximumConnections: 2, operationTimeout: .seconds(2), maximumFeeds: 2,
                feedResumeTimeout: .milliseconds(100))
            try await member.with("&serverSelectionTimeoutMS=300", settings) { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                let feed = try await things.changes()
                try await things.insert(["_id": 1])
                var iterator = feed.makeAsyncIterator()
                let first = try await iterator.next()
                #expect(first?.id == 1)
                member.server.kill()
                let error = try await expectError(.unavailable) { _ = try await iterator.next() }
                #expect(error.isRetryable)
                try await member.server.restart()
                try await waitUntil { (try? await things.insert(["_id": 2])) != nil }
                let next = try await things.changes(after: first?.position)
                #expect(try await ids(next, 1) == [2])
            }
        }
    }

    @Test("a server that is in no replica set has no feeds, and says so")
    func standalone() async throws {
        let server = try await MongoServerProcess.start()
        let database = try MongoDatabase(server.url, database: "app")
        let things = DocumentCollection("things", of: Document.self, in: database)
        let error = try await #require(throws: StorageError.self) {
            _ = try await things.changes()
        }
        #expect(error.code == .unsupported)
        await database.close()
    }
}
