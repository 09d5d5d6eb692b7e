import StorageKit
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "What MongoDB's errors say of what was done",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoOutcomeTests {
    @Test("a message that fails as a whole is not taken for done, whatever the one before met")
    func laterMessage() async throws {
        try await RefusingServer.with { server in
            let things = DocumentCollection("things", of: Document.self, in: server.database)
            try await things.insert(["_id": 1])
            try await server.refuse("insert", after: 1, ["errorCode": 13])
            let text = DocumentValue.string(String(repeating: "x", count: 13 << 20))
            let error = try await expectError(.permissionDenied) {
                try await things.insert(
                    contentsOf: (1...4).map { ["_id": .int32($0), "text": text] },
                    isOrdered: false)
            }
            #expect(error.mayHaveBeenApplied)
            #expect(try await things.count(.all) == 3)
        }
    }

    @Test("a kind of writes that fails as a whole is not taken for done", arguments: [false, true])
    func laterKind(isFirstRefused: Bool) async throws {
        try await RefusingServer.with { server in
            let things = DocumentCollection("things", of: Document.self, in: server.database)
            try await things.insert(["_id": 1])
            try await server.refuse("delete", ["errorCode": 13])
            let error = try await expectError(.permissionDenied) {
                _ = try await things.write(
                    [
                        .insert(["_id": isFirstRefused ? 1 : 2]), .insert(["_id": 3]),
                        .deleteOne(.field(.id, .equal(1))),
                    ], isOrdered: false)
            }
            #expect(error.mayHaveBeenApplied)
            #expect(try await things.count(.field(.id, .equal(1))) == 1)
        }
    }

    @Test("an ordered call that is refused says whether something was done before")
    func partOfOrdered() async throws {
        try await RefusingServer.with { server in
            let things = DocumentCollection("things", of: Document.self, in: server.database)
            try await server.refuse("delete", ["errorCode": 10_107])
            let removal = DocumentWrite<Document>.deleteOne(.field(.id, .equal(1)))
            let after = try await expectError(.unavailable) {
                _ = try await things.write([.insert(["_id": 1]), removal])
            }
            #expect(after.mayHaveBeenApplied)
            #expect(try await things.count(.all) == 1)
            let nothing = DocumentWrite<Document>.updateOne(
                .field(.id, .equal(9)), [.set("a", 1)])
            let alone = try await expectError(.unavailable) {
                _ = try await things.write([nothing, removal, .insert(["_id": 2])])
            }
            #expect(!alone.mayHaveBeenApplied)
            #expect(try await things.count(.all) == 1)
        }
    }

    @Test("places, counts and identifiers are those of the call, over all its messages")
    func places() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": 1])
            let writes: [DocumentWrite<Document>] = [
                .insert(["_id": 2]), .updateOne(.field(.id, .equal(1)), [.set("a", 1)]),
                .updateOne(.field(.id, .equal(7)), [.set("a", 1)], upsert: true),
                .insert(["_id": 1]), .insert(["_id": 3]), .deleteOne(.field(.id, .equal(2))),
            ]
            let unordered = try await things.write(writes, isOrdered: false)
            #expect(unordered.insertedIDs == [0: 2, 4: 3])
            #expect(unordered.upsertedIDs == [2: 7])
            #expect(unordered.errors.keys.sorted() == [3])
            #expect(unordered.firstUntried == nil)
            #expect(unordered.inserted == 2 && unordered.matched == 1)
            #expect(unordered.modified == 1 && unordered.deleted == 1)
            _ = try await things.deleteMany(.field(.id, .equal(3)))
            let ordered = try await things.write(writes)
            #expect(ordered.insertedIDs == [0: 2])
            #expect(ordered.errors.keys.sorted() == [3])
            #expect(ordered.firstUntried == 4)
            #expect(try await things.count(.field(.id, .equal(2))) == 1)
        }
    }

    @Test("what was not confirmed is done, whatever the reason", arguments: [64, 79, 91, 100])
    func unconfirmed(code: Int32) async throws {
        try await RefusingServer.with { server in
            let things = DocumentCollection("things", of: Document.self, in: server.database)
            let all: [String] = ["insert", "findAndModify", "drop"]
            let concern: Document = ["code": .int32(code), "errmsg": "not confirmed"]
            for command in all {
                try await server.refuse(command, ["writeConcernError": .document(concern)])
                let error = try await #require(throws: StorageError.self) {
                    switch command {
                    case "insert": try await things.insert(["_id": 1, "n": 1])
                    case "drop": try await things.drop()
                    default:
                        _ = try await things.modify(.init(.all, .update([.set("n", 2)])))
                    }
                }
                #expect(error.mayHaveBeenApplied, "\(command)")
                #expect(error.native?.number == Int(code), "\(command)")
                switch command {
                case "drop": #expect(try await things.count(.all) == 0)
                case "insert": #expect(try await things.count(.field("n", .equal(1))) == 1)
                default: #expect(try await things.count(.field("n", .equal(2))) == 1)
                }
            }
        }
    }

    @Test("a write that no member can confirm is done")
    func unconfirmable() async throws {
        try await MongoWorld.with { database in
            let five = database.with(writeConcern: MongoWriteConcern(.count(5)))
            let things = DocumentCollection("things", of: Document.self, in: five)
            let error = try await #require(throws: StorageError.self) {
                try await things.insert(["_id": 1])
            }
            #expect(error.mayHaveBeenApplied)
            #expect(try await things.count(.all) == 1)
            let taken = try await expectError(.alreadyExists) {
                try await things.insert(["_id": 1])
            }
            #expect(!taken.mayHaveBeenApplied)
        }
    }

    @Test("a document that was changed and cannot be decoded says that it was changed")
    func undecodable() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": "ana", "age": 1])
            let people = DocumentCollection("things", of: Person.self, in: database)
            let error = try await #require(throws: StorageError.self) {
                _ = try await people.modify(
                    .init(Person.id == "ana", .update([Person.age.increment(by: 1)])))
            }
            #expect(error.mayHaveBeenApplied)
            #expect(try await things.count(.field("age", .equal(2))) == 1)
        }
    }

    @Test("a change of many that ends at one it does not fit says that others were changed")
    func partOfMany() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(contentsOf: [["n": 1], ["n": 1], ["n": "x"]])
            let many = try await expectError(.wrongType) {
                try await things.updateMany(.all, [.increment("n", by: 1)])
            }
            #expect(many.mayHaveBeenApplied)
            #expect(try await things.count(.field("n", .equal(2))) == 2)
            let one = try await expectError(.wrongType) {
                try await things.updateOne(.field("n", .equal("x")), [.increment("n", by: 1)])
            }
            #expect(!one.mayHaveBeenApplied)
        }
    }

    @Test("a label of a call that was refused as a whole says that trying again may help")
    func labels() async throws {
        try await RefusingServer.with { server in
            let things = DocumentCollection("things", of: Document.self, in: server.database)
            try await server.refuse(
                "insert", ["errorCode": 13, "errorLabels": [.string("RetryableWriteError")]])
            let error = try await expectError(.permissionDenied) {
                try await things.insert(["_id": 1])
            }
            #expect(error.isRetryable)
            #expect(!error.mayHaveBeenApplied)
        }
    }
}

/// A server that refuses commands when it is told to.
private struct RefusingServer {
    private let server: MongoServerProcess
    let database: MongoDatabase

    static func with(_ body: (RefusingServer) async throws -> Void) async throws {
        let server = try await MongoServerProcess.start([
            "--setParameter", "enableTestCommands=1",
        ])
        let database = try MongoDatabase(
            // A server that says it is no primary is looked at again soon.
            server.url + "&heartbeatFrequencyMS=500", database: "app",
            settings: MongoSettings(maximumConnections: 1))
        do {
            try await body(RefusingServer(server: server, database: database))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// Has the server refuse a command, after so many of them, or say something of it.
    func refuse(_ command: String, after count: Int32 = 0, _ how: Document) async throws {
        var data = how
        data["failCommands"] = [.string(command)]
        _ = try await database.command(
            [
                "configureFailPoint": "failCommand", "mode": ["skip": .int32(count)],
                "data": .document(data),
            ], on: "admin")
    }
}
