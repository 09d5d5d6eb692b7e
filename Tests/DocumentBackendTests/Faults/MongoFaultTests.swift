import StorageKit
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "MongoDB when things go wrong",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoFaultTests {

    @Test("a cancelled read is ended on the server, and the connection serves the next call")
    func cancelled() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 1)) { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(Person("ana"))
            let name = "storagekit \(UInt64.random(in: 0 ... .max))"
            let reading = Task { try await database.sleepOnServer(naming: name) }
            try await waitUntil { try await operations(named: name).count == 1 }
            reading.cancel()
            try await expectError(.cancelled) { _ = try await reading.value }
            try await waitUntil { try await operations(named: name).isEmpty }
            #expect(try await people.count(.all) == 1)
        }
    }

    @Test("a cursor that is left is killed on the server", arguments: [false, true])
    func leftCursor(byCancellation: Bool) async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 2, batchSize: 2)) { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(contentsOf: (0..<100).map { Person("p\($0)") })
            let before = try await openCursors(of: database)
            let (begun, tell) = AsyncStream<Void>.makeStream()
            let reading = Task {
                for try await _ in people.find(.all) {
                    tell.yield()
                    if byCancellation { await untilCancelled() }
                    break
                }
            }
            for await _ in begun { break }
            if byCancellation { reading.cancel() }
            _ = await reading.result
            try await waitUntil { try await openCursors(of: database) <= before }
            #expect(try await people.count(.all) == 100)
        }
    }

    @Test("ten thousand tasks take turns on four connections")
    func manyTasks() async throws {
        let settings = MongoSettings(maximumConnections: 4, connectionTimeout: .seconds(600))
        try await MongoWorld.with(settings) { database in
            let counters = DocumentCollection("counters", of: Document.self, in: database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10_000 {
                    group.addTask {
                        try await counters.updateOne(
                            Field(.id) == .int64(Int64(number % 10)),
                            [.increment("n", by: 1)], upsert: true)
                    }
                }
                try await group.waitForAll()
            }
            var sum = 0
            for try await counter in counters.find(.all) { sum += counter["n"]?.wholeNumber ?? 0 }
            #expect(sum == 10_000)
        }
    }

    @Test("a wrong password is unauthenticated, and a user without a role is refused")
    func rights() async throws {
        let server = try await MongoServerProcess.start(["--auth"])
        // While there is no user, whoever comes from this machine may make the first one.
        let setup = try MongoDatabase(server.url, database: "admin")
        _ = try await setup.command([
            "createUser": "root", "pwd": "secret", "roles": ["root"],
        ])
        await setup.close()
        let root = try MongoDatabase(
            "mongodb://root:secret@127.0.0.1:\(server.port)/?authSource=admin", database: "admin")
        _ = try await root.command(
            ["createUser": "guest", "pwd": "guest", "roles": [["role": "read", "db": "app"]]])
        let wrong = try MongoDatabase(
            "mongodb://root:other@127.0.0.1:\(server.port)/?authSource=admin", database: "app")
        let error = try await expectError(.unauthenticated) { try await wrong.ping() }
        #expect(!error.description.contains("other"))
        let guest = try MongoDatabase(
            "mongodb://guest:guest@127.0.0.1:\(server.port)/?authSource=admin", database: "app")
        let people = DocumentCollection("people", of: Person.self, in: guest)
        #expect(try await people.count(.all) == 0)
        try await expectError(.permissionDenied) { try await people.insert(Person("ana")) }
        for database in [root, wrong, guest] { await database.close() }
    }

    @Test("a server that is stopped ends a call in its time, and serves again when it goes on")
    func stopped() async throws {
        let server = try await MongoServerProcess.start()
        let database = try MongoDatabase(
            server.url + "&serverSelectionTimeoutMS=1000", database: "app",
            settings: MongoSettings(maximumConnections: 1, operationTimeout: .milliseconds(300)))
        let people = DocumentCollection("people", of: Person.self, in: database)
        try await people.insert(Person("ana"))
        server.stop()
        let error = try await expectError(.unavailable) {
            try await people.insert(Person("bob"))
        }
        #expect(error.mayHaveBeenApplied)
        server.resume()
        try await waitUntil { (try? await people.count(.all)) ?? 0 >= 1 }
        await database.close()
    }

    @Test("what a journalled write returned from is there after the server was killed")
    func killed() async throws {
        let server = try await MongoServerProcess.start()
        let database = try MongoDatabase(
            server.url + "&serverSelectionTimeoutMS=1000", database: "app")
        let durable = database.with(writeConcern: MongoWriteConcern(.count(1), journal: true))
        let people = DocumentCollection("people", of: Person.self, in: durable)
        for number in 0..<20 { try await people.insert(Person("p\(number)")) }
        server.kill()
        try await expectError(.unavailable) { _ = try await people.count(.all) }
        try await server.restart()
        try await waitUntil { (try? await people.count(.all)) == 20 }
        await database.close()
    }

    private func openCursors(of database: MongoDatabase) async throws -> Int {
        let admin = try MongoDatabase(TestServer.mongoDB.url(), database: "admin")
        let reply = try await admin.command([
            "aggregate": 1,
            "pipeline": [
                ["$currentOp": ["idleCursors": true]],
                [
                    "$match": [
                        "type": "idleCursor", "ns": .string("\(database.core.database).people"),
                    ]
                ],
                ["$count": "n"],
            ],
            "cursor": [:],
        ])
        await admin.close()
        return reply[path: "cursor.firstBatch.0.n"]?.wholeNumber ?? 0
    }
}

/// Waits for nothing, until the task is cancelled.
private func untilCancelled() async {
    let (silence, speaker) = AsyncStream<Never>.makeStream()
    for await _ in silence {}
    speaker.finish()
}
