import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

/// A specimen with its number as the identifier of a document.
private struct Kept: Codable, Hashable, Identifiable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case specimen
    }

    var id: Int
    var specimen: Specimen

    init(_ number: Int, revision: Int = 0) {
        id = number
        specimen = Specimen(number: number, revision: revision)
    }
}

@Suite("A collection in memory keeps the contract of Repository")
struct DocumentRepositoryTests {
    fileprivate struct Plain: RepositoryHarness {
        func makeSubject() async throws -> DocumentRepository<InMemoryDocumentStore, Kept> {
            DocumentRepository("specimens", in: InMemoryDocumentStore())
        }

        func identifier(_ number: Int) -> Int { number }

        func entity(_ number: Int, revision: Int) -> Kept { Kept(number, revision: revision) }
    }

    fileprivate struct Cached: RepositoryHarness {
        func makeSubject() async throws -> CachedRepository<
            DocumentRepository<InMemoryDocumentStore, Kept>, InMemoryCache<Int, Kept>
        > {
            CachedRepository(
                primary: try await Plain().makeSubject(), cache: InMemoryCache(capacity: 100))
        }

        func identifier(_ number: Int) -> Int { number }

        func entity(_ number: Int, revision: Int) -> Kept { Kept(number, revision: revision) }
    }

    @Test("by itself", arguments: RepositoryLaws.cases(for: Plain.self))
    fileprivate func plain(law: ConformanceCase<Plain>) async {
        let verdict = await ConformanceRunner(harness: Plain(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("behind a cache", arguments: RepositoryLaws.cases(for: Cached.self))
    fileprivate func cached(law: ConformanceCase<Cached>) async {
        let verdict = await ConformanceRunner(harness: Cached(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("an entity whose document has not its identifier is refused, and nothing is stored")
    func withoutIdentifier() async throws {
        struct Nameless: Codable, Identifiable { var id: Int }
        struct Doubtful: Codable, Identifiable {
            var _id: Int
            var id: Int { _id + 1 }
        }
        let store = InMemoryDocumentStore()
        let nameless = DocumentRepository("things", of: Nameless.self, in: store)
        let doubtful = DocumentRepository("things", of: Doubtful.self, in: store)
        for write in [
            { try await nameless.insert(Nameless(id: 1)) },
            { try await nameless.upsert(Nameless(id: 1)) },
            { try await nameless.replace(Nameless(id: 1)) },
            { try await doubtful.insert(Doubtful(_id: 1)) },
        ] as [() async throws -> Void] {
            do {
                try await write()
                Issue.record("no error")
            } catch let error as StorageError {
                #expect(error.code == .encodingFailed, "\(error)")
            }
        }
        #expect(try await nameless.collection.count(.all) == 0)
    }

    @Test("scans go through identifiers of any type")
    func anyIdentifiers() async throws {
        struct Thing: Codable, Identifiable {
            enum CodingKeys: String, CodingKey { case id = "_id" }
            var id: DocumentValue
        }
        let things = DocumentRepository("things", of: Thing.self, in: InMemoryDocumentStore())
        let ids: [DocumentValue] = [
            .minKey, .null, .double(.nan), -1, 1.5, "", "a", ["a": 1], .binary(DocumentBinary([1])),
            .objectID(ObjectID(seconds: 1, process: 1, counter: 1)), false, true,
            .date(DocumentDate(millisecondsSince1970: 0)), .maxKey,
        ]
        for id in ids.reversed() { try await things.insert(Thing(id: id)) }
        var seen: [DocumentValue] = []
        var last: DocumentValue?
        repeat {
            let page = try await things.scan(after: last, limit: 3)
            seen += page.entities.map(\.id)
            last = page.next
        } while last != nil
        #expect(seen.map(\.type) == ids.map(\.type))
    }

    @Test("errors have the call that was made and the collection")
    func errors() async throws {
        let things = try await Plain().makeSubject()
        try await things.insert(Kept(1))
        do {
            try await things.insert(Kept(1))
            Issue.record("no error")
        } catch {
            #expect(error.code == .alreadyExists && error.operation == "insert")
            #expect(error.store?.hasSuffix("collection specimens") == true, "\(error)")
        }
    }
}
