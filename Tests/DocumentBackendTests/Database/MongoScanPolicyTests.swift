import StorageKit
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "The policy for queries that no index serves: MongoDB",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoScanPolicyTests {
    @Test("costs one round trip for each kind of query, and none for the next of it")
    func roundTrips() async throws {
        try await MongoWorld.with { database in
            let store = ScanPolicyDocumentStore(database, .fail)
            let people = DocumentCollection("people", of: Person.self, in: store)
            try await people.insert(contentsOf: [Person("a", age: 1), Person("b", age: 2)])
            try await people.createIndexes(DocumentIndex(Person.age.ascending))
            func calls(_ body: () async throws -> Void) async throws -> Int {
                let before = database.acceptedCalls
                try await body()
                return database.acceptedCalls - before
            }
            #expect(try await calls { _ = try await people.count(Person.age == 1) } == 2)
            #expect(try await calls { _ = try await people.count(Person.age == 2) } == 1)
            #expect(try await calls { _ = try await people.first(Person.id == "a") } == 1)
            #expect(try await calls { try await people.updateMany(.all, [.set("x", 1)]) } == 1)
            for cost in [1, 0] {
                let refused = try await calls {
                    let error = try await #require(throws: StorageError.self) {
                        _ = try await people.first(Person.location == "Berlin")
                    }
                    #expect(error.code == .missingIndex)
                    #expect(error.message.contains("people serves a filter by profile.location"))
                }
                #expect(refused == cost)
            }
            // Pages go by an index of their order; a repository's by that of the identifiers.
            let first = try await people.page(order: [Person.id.ascending], limit: 1)
            let rest = try await people.page(
                order: [Person.id.ascending], after: first.next, limit: 1)
            #expect(rest.entities.map(\.id) == ["b"])
            let repository = DocumentRepository("people", of: Person.self, in: store)
            #expect(try await repository.get(["a", "b"]).count == 2)
            #expect(try await repository.scan(after: "a", limit: 5).entities.map(\.id) == ["b"])
        }
    }

    @Test("does not remember a plan for a collection that is not there")
    func nothing() async throws {
        try await MongoWorld.with { database in
            let store = ScanPolicyDocumentStore(database, .fail)
            let things = DocumentCollection("things", of: Document.self, in: store)
            #expect(try await things.count(.field("a", .equal(1))) == 0)
            try await things.insert(["a": 1])
            let error = try await #require(throws: StorageError.self) {
                _ = try await things.count(.field("a", .equal(1)))
            }
            #expect(error.code == .missingIndex)
        }
    }
}
