import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite("A MongoDB database", .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoDatabaseTests {
    @Test("entities are stored, found, changed and removed")
    func wholeLife() async throws {
        try await MongoWorld.with { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            let ana = Person("ana", in: "Lisbon", posts: [.init(title: "Hi", likes: 3)])
            try await people.insert(ana)
            try await people.insert(contentsOf: [Person("bob"), Person("cleo", age: 50)])
            #expect(try await people.first(Person.id == "ana") == ana)
            #expect(try await people.count(Person.location == "Berlin") == 2)
            let result = try await people.updateMany(
                Person.location == "Berlin", [Person.age.increment(by: 1)])
            #expect(result.matched == 2 && result.modified == 2)
            var found: [Int] = []
            for try await person in people.find(.all, order: Person.age.descending) {
                found.append(person.age)
            }
            #expect(found == [51, 31, 30])
            #expect(try await people.deleteOne(Person.id == "bob"))
            #expect(try await !people.deleteOne(Person.id == "bob"))
            #expect(try await people.estimatedCount() == 2)
        }
    }

    @Test("a document without an identifier is given one, and is found by it")
    func generated() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            let id = try await things.insert(["name": "x"])
            let found = try await things.first(Field(.id) == id)
            #expect(found == ["_id": id, "name": "x"])
        }
    }

    @Test("a taken identifier is refused and the rest of an unordered call is not")
    func taken() async throws {
        try await MongoWorld.with { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(Person("ana"))
            let error = try await expectError(.alreadyExists) {
                try await people.insert(Person("ana", age: 99))
            }
            #expect(error.constraint?.kind == .primaryKey)
            #expect(!error.mayHaveBeenApplied)
            let batch = [Person("bob"), Person("ana"), Person("cleo")]
            let ordered = try await people.insert(contentsOf: batch)
            #expect(ordered.errors.keys.sorted() == [1])
            #expect(ordered.firstUntried == 2)
            #expect(ordered.insertedIDs == [0: "bob"])
            let unordered = try await people.insert(
                contentsOf: [Person("ana"), Person("dora"), Person("bob"), Person("emil")],
                isOrdered: false)
            #expect(unordered.errors.keys.sorted() == [0, 2])
            #expect(unordered.insertedIDs == [1: "dora", 3: "emil"])
            #expect(try await people.count(.all) == 4)
        }
    }

    @Test("a modification gives the state before or after it")
    func modification() async throws {
        try await MongoWorld.with { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(Person("ana", age: 1))
            let update: DocumentUpdate = [Person.age.increment(by: 1)]
            let after = try await people.modify(.init(Person.id == "ana", .update(update)))
            #expect(after?.age == 2)
            let before = try await people.modify(
                .init(Person.id == "ana", .update(update), returning: .before))
            #expect(before?.age == 2)
            let nobody = try await people.modify(.init(Person.id == "bob", .delete))
            #expect(nobody == nil)
            let removed = try await people.modify(
                .init(Person.id == "ana", .delete, returning: .before))
            #expect(removed?.age == 3)
            #expect(try await people.count(.all) == 0)
        }
    }

    @Test("many documents come batch by batch, and all of them come")
    func batches() async throws {
        let settings = MongoSettings(maximumConnections: 1, batchSize: 7)
        try await MongoWorld.with(settings) { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(contentsOf: (0..<100).map { Person("p\($0)", age: $0) })
            var seen: [Int] = []
            for try await person in people.find(.all, order: Person.age.ascending) {
                seen.append(person.age)
            }
            #expect(seen == Array(0..<100))
            // The only connection is free again, also when the reader leaves early.
            for try await _ in people.find(.all) { break }
            #expect(try await people.count(.all) == 100)
        }
    }

    @Test("a string that is none of MongoDB's is refused, and its password is not shown")
    func connectionString() async throws {
        let error = try await expectError(.invalidArgument) {
            _ = try MongoDatabase("mongodb://ana:secret@/?w=x&y", database: "test")
        }
        #expect(!error.description.contains("secret"))
        let quoted = try await expectError(.invalidArgument) {
            _ = try MongoDatabase("mongodb://ana:se:cret@127.0.0.1/", database: "test")
        }
        #expect(!quoted.description.contains("cret"))
    }

    @Test("settings by which nothing could be read are refused")
    func settings() async throws {
        for settings in [MongoSettings(maximumConnections: 0), MongoSettings(batchSize: 0)] {
            try await expectError(.invalidArgument) {
                _ = try MongoDatabase("mongodb://127.0.0.1/", settings: settings)
            }
        }
    }

    @Test("a server that is not there is unavailable, and nothing was done")
    func absent() async throws {
        let port = try LoopbackPort.free()
        let database = try MongoDatabase(
            "mongodb://127.0.0.1:\(port)/?serverSelectionTimeoutMS=200", database: "test")
        let people = DocumentCollection("people", of: Person.self, in: database)
        let error = try await expectError(.unavailable) { try await people.insert(Person("ana")) }
        #expect(!error.mayHaveBeenApplied)
        #expect(error.isRetryable)
        await database.close()
    }

    @Test("a document above 16 MB is refused before it is sent")
    func tooLarge() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            let calls = database.acceptedCalls
            let text = String(repeating: "x", count: 16 << 20)
            try await expectError(.limitExceeded) {
                try await things.insert(["text": .string(text)])
            }
            #expect(database.acceptedCalls == calls)
        }
    }

    @Test("dropping a collection that is not there is no error")
    func dropNothing() async throws {
        try await MongoWorld.with { database in try await database.drop("nothing") }
    }

    @Test("after closing, calls throw invalidState")
    func closed() async throws {
        let database = try MongoWorld.makeDatabase()
        await database.close()
        try await expectError(.invalidState) { try await database.ping() }
    }
}
