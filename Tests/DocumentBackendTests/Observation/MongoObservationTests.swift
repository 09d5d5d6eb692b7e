import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "Observing MongoDB's commands", .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoObservationTests {
    @Test("each command of a call is told with where it went, and to whom")
    func commands() async throws {
        try await observed(batchSize: 10) { database, recorder in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(contentsOf: (0..<25).map { Person("p\($0)") })
            for try await _ in people.find(.all) {}
            _ = try await people.modify(.init(Person.id == "p1", .delete))
            _ = try await people.count(.all)
            try await database.ping()
            let events = recorder.events
            let names = ["insert", "find", "getMore", "getMore", "findAndModify", "aggregate"]
            #expect(events.map(\.command) == names + ["ping"])
            #expect(events.allSatisfy { $0.database == database.core.database })
            #expect(events.dropLast().allSatisfy { $0.collection == "people" })
            #expect(events.last?.collection == nil)
            for event in events {
                #expect(event.system == "mongodb" && event.error == nil)
                #expect(event.duration > .zero && (event.replyBytes ?? 0) > 0)
                #expect(database.core.name.contains(event.server.description))
            }
            // Each client counts for itself, and a second one may have been needed.
            #expect(events.allSatisfy { $0.requestID > 0 })
        }
    }

    @Test("what a command of others is for is no collection, and is not told")
    func otherNames() async throws {
        try await observed { database, recorder in
            _ = try await database.rawCommand(["usersInfo": "somebody"])
            let event = try #require(recorder.events.first { $0.command == "usersInfo" })
            #expect(event.collection == nil && event.database == "admin")
        }
    }

    @Test("what is told is told with what was taken of the task that made the call")
    func callers() async throws {
        try await observed(batchSize: 10) { database, recorder in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await Recorder.$caller.withValue("writer") {
                try await people.insert(contentsOf: (0..<25).map { Person("p\($0)") })
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await Recorder.$caller.withValue("\(number)") {
                            _ = try await people.first(Person.id == "p\(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await Recorder.$caller.withValue("reader") {
                for try await _ in people.find(.all) {}
            }
            let callers = recorder.callers
            #expect(callers.first == "writer")
            #expect(Set(callers[1...20]) == Set((0..<20).map { "\($0)" }))
            #expect(callers[21...] == ["reader", "reader", "reader"])
        }
    }

    @Test("the commands of a transaction, its commit included, are its task's")
    func transaction() async throws {
        try await observed { database, recorder in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": 0])
            try await Recorder.$caller.withValue("buyer") {
                try await database.withTransaction { transaction in
                    _ = try await things.in(transaction).insert(["_id": 1])
                    _ = try await things.in(transaction).first(.all)
                }
            }
            #expect(
                recorder.events.map(\.command) == ["insert", "insert", "find", "commitTransaction"])
            #expect(recorder.callers.dropFirst() == ["buyer", "buyer", "buyer"])
            #expect(recorder.events.last?.database == "admin")
        }
    }

    @Test("what a change feed asks is its reader's, and is known to wait")
    func feed() async throws {
        try await observed { database, recorder in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await Recorder.$caller.withValue("reader") {
                let feed = try await things.changes()
                try await things.insert(["_id": 0])
                for try await _ in feed { break }
            }
            let asked = recorder.events.filter { $0.command == "getMore" }
            #expect(!asked.isEmpty && asked.allSatisfy { $0.waits && $0.collection == "things" })
            #expect(recorder.events.filter { $0.command != "getMore" }.allSatisfy { !$0.waits })
            #expect(recorder.callers.prefix(3) == ["reader", "reader", "reader"])
        }
    }

    @Test("a command that fails is told with its error, and with nobody's values")
    func failure() async throws {
        try await observed { database, recorder in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": "a secret", "n": "a riddle"])
            await #expect(throws: StorageError.self) {
                _ = try await things.modify(
                    .init(.field("n", .equal("a riddle")), .update([.increment("n", by: 1)])))
            }
            let event = try #require(recorder.events.last)
            #expect(event.command == "findAndModify" && event.collection == "things")
            #expect(event.error?.code == .wrongType && event.error?.native?.number == 14)
            var text = ""
            for event in recorder.events { dump(event, to: &text) }
            #expect(!text.contains("secret") && !text.contains("riddle"))
        }
    }

    @Test("a write that is refused is no failure of its command")
    func refusedWrite() async throws {
        try await observed { database, recorder in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": 1])
            try await expectError(.alreadyExists) { try await things.insert(["_id": 1]) }
            #expect(recorder.events.map(\.command) == ["insert", "insert"])
            #expect(recorder.events.allSatisfy { $0.error == nil })
        }
    }

    @Test("a server that is found, and one that is lost, are told of")
    func servers() async throws {
        let server = try await MongoServerProcess.start()
        let recorder = Recorder()
        let database = try MongoDatabase(
            server.url + "&serverSelectionTimeoutMS=500&heartbeatFrequencyMS=500",
            database: "app", settings: MongoSettings(maximumConnections: 1, observer: recorder))
        try await database.ping()
        #expect(recorder.changes.map(\.after) == ["Standalone"])
        #expect(recorder.changes.first?.server.port == Int(server.port))
        server.kill()
        let isLost = try await Waiting.poll { () async throws -> Bool? in
            recorder.changes.last?.after == "Unknown" ? true : nil
        }
        #expect(isLost == true && recorder.changes.count == 2)
        await database.close()
    }

    private func observed(
        batchSize: Int = 100, _ body: (MongoDatabase, Recorder) async throws -> Void
    ) async throws {
        let recorder = Recorder()
        let settings = MongoSettings(
            maximumConnections: 4, batchSize: batchSize, observer: recorder)
        try await MongoWorld.with(settings) { try await body($0, recorder) }
    }
}

/// Remembers what it is told.
private final class Recorder: CommandObserver {
    @TaskLocal static var caller: String?

    private let told = Mutex<(events: [(CommandEvent, String?)], changes: [ServerChange])>(([], []))

    var events: [CommandEvent] { told.withLock { $0.events.map(\.0) } }
    var callers: [String?] { told.withLock { $0.events.map(\.1) } }
    var changes: [ServerChange] { told.withLock(\.changes) }

    func callerContext() -> (any Sendable)? { Self.caller }

    func observe(_ event: CommandEvent, for caller: (any Sendable)?) {
        told.withLock { $0.events.append((event, caller as? String)) }
    }

    func observe(_ change: ServerChange) { told.withLock { $0.changes.append(change) } }
}
