import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

/// A specimen with its number as the identifier of a document.
struct Kept: Codable, Hashable, Identifiable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case specimen
    }

    var id: Int
    var specimen: Specimen
}

/// A database of its own for each law.
struct MongoRepositoryHarness: RepositoryHarness {
    func makeSubject() async throws -> DocumentRepository<MongoDatabase, Kept> {
        DocumentRepository("specimens", in: try MongoWorld.makeDatabase())
    }

    func tearDown(_ subject: DocumentRepository<MongoDatabase, Kept>) async throws {
        try await MongoWorld.remove(subject.collection.store)
    }

    func identifier(_ number: Int) -> Int { number }

    func entity(_ number: Int, revision: Int) -> Kept {
        Kept(id: number, specimen: Specimen(number: number, revision: revision))
    }
}

/// The same, counting what the server notes of each request.
struct MongoRoundTripHarness: RoundTripCountingHarness {
    private let plain = MongoRepositoryHarness()

    func makeSubject() async throws -> DocumentRepository<MongoDatabase, Kept> {
        let subject = try await plain.makeSubject()
        _ = try await subject.collection.store.command(["profile": 2])
        return subject
    }

    func tearDown(_ subject: DocumentRepository<MongoDatabase, Kept>) async throws {
        try await plain.tearDown(subject)
    }

    func identifier(_ number: Int) -> Int { plain.identifier(number) }

    func entity(_ number: Int, revision: Int) -> Kept { plain.entity(number, revision: revision) }

    func roundTrips(of subject: DocumentRepository<MongoDatabase, Kept>) async throws -> Int {
        let store = subject.collection.store
        let reply = try await store.command([
            "count": "system.profile",
            "query": ["ns": .string("\(store.core.database).\(subject.collection.name)")],
        ])
        return reply["n"]?.wholeNumber ?? 0
    }
}

@Suite(
    "A collection of MongoDB's keeps the contract of Repository",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoRepositoryTests {
    @Test("every law", arguments: RepositoryLaws.cases(for: MongoRepositoryHarness.self))
    func keeps(law: ConformanceCase<MongoRepositoryHarness>) async {
        let runner = ConformanceRunner(harness: MongoRepositoryHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test(
        "one round trip for each call",
        arguments: RepositoryLaws.roundTripCases(for: MongoRoundTripHarness.self))
    func roundTrips(law: ConformanceCase<MongoRoundTripHarness>) async {
        let runner = ConformanceRunner(harness: MongoRoundTripHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("many upserts of a new identifier at once all succeed")
    func upserts() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 8)) { database in
            let people = DocumentRepository("people", of: Person.self, in: database)
            for number in 0..<20 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for age in 0..<8 {
                        group.addTask { try await people.upsert(Person("p\(number)", age: age)) }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(try await people.collection.count(.all) == 20)
        }
    }

    @Test("a value that a unique index has is no identifier that is taken")
    func uniqueIndex() async throws {
        try await MongoWorld.with { database in
            let people = DocumentRepository("people", of: Person.self, in: database)
            _ = try await database.command([
                "createIndexes": "people",
                "indexes": [["key": ["age": 1], "name": "age", "unique": true]],
            ])
            try await people.insert(Person("ana", age: 1))
            try await people.insert(Person("bo", age: 2))
            try await expectError(.alreadyExists) { try await people.insert(Person("ana", age: 3)) }
            for write in [
                { try await people.insert(Person("cem", age: 1)) },
                { try await people.upsert(Person("cem", age: 1)) },
                { try await people.replace(Person("bo", age: 1)) },
            ] as [() async throws -> Void] {
                let error = try await expectError(.constraintViolation) { try await write() }
                #expect(error.constraint?.columns == ["age"] && !error.mayHaveBeenApplied)
            }
        }
    }

    @Test("a page is read from an index of its order, however far in it lies")
    func indexedPages() async throws {
        try await MongoWorld.with { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            _ = try await database.command([
                "createIndexes": "people",
                "indexes": [["key": ["age": 1, "_id": 1], "name": "pages"]],
            ])
            try await people.insert(
                contentsOf: (0..<2_000).map { Person("p\($0)", age: $0 % 100) })
            let order = [Person.age.ascending]
            var page = try await people.page(order: order, limit: 100)
            for _ in 0..<12 {
                page = try await people.page(order: order, after: page.next, limit: 100)
            }
            #expect(page.entities.first?.age == 60)
            _ = try await database.command(["profile": 2])
            _ = try await people.page(order: order, after: page.next, limit: 100)
            _ = try await people.page(after: people.page(limit: 900).next, limit: 100)
            _ = try await database.command(["profile": 0])
            let namespace = "\(database.core.database).people"
            let reply = try await database.command([
                "find": "system.profile", "filter": ["ns": .string(namespace)],
            ])
            guard case .array(let entries)? = reply[path: "cursor.firstBatch"] else {
                Issue.record("\(reply)")
                return
            }
            #expect(entries.count == 3)
            for (place, entry) in entries.enumerated() where place != 1 {
                guard case .document(let entry) = entry else { continue }
                let examined = entry["keysExamined"]?.wholeNumber ?? .max
                #expect(examined < 250, "\(entry)")
                #expect(entry["hasSortStage"] == nil, "\(entry)")
            }
        }
    }
}
