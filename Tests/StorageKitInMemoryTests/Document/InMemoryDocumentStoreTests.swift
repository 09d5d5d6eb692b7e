import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

/// Stores with limits that are cheap to pass.
struct InMemoryDocumentHarness: DocumentHarness {
    func makeSubject() async throws -> InMemoryDocumentStore {
        InMemoryDocumentStore(
            limits: DocumentLimits(
                maximumDocumentBytes: 1 << 16, maximumDepth: 20, maximumWritesPerCall: 1_000))
    }
}

@Suite("The document store in memory")
struct InMemoryDocumentStoreTests {
    @Test("a change of many that ends at one it does not fit says whether others were changed")
    func partOfMany() async throws {
        let things = DocumentCollection("things", of: Document.self, in: InMemoryDocumentStore())
        try await things.insert(contentsOf: [["n": 1], ["n": 1], ["n": "x"], ["n": 1]])
        let many = try await #require(throws: StorageError.self) {
            try await things.updateMany(.all, [.increment("n", by: 1)])
        }
        #expect(many.code == .wrongType && many.mayHaveBeenApplied)
        #expect(try await things.count(.field("n", .equal(2))) == 2)
        let none = try await #require(throws: StorageError.self) {
            try await things.updateMany(.field("n", .equal("x")), [.increment("n", by: 1)])
        }
        #expect(none.code == .wrongType && !none.mayHaveBeenApplied)
    }

    @Test("a document that was changed and cannot be decoded says that it was changed")
    func undecodable() async throws {
        struct Named: Codable, Sendable { var name: String }
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.insert(["_id": 1, "n": 1])
        let named = DocumentCollection("things", of: Named.self, in: store)
        let error = try await #require(throws: StorageError.self) {
            _ = try await named.modify(.init(.all, .update([.increment("n", by: 1)])))
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await things.count(.field("n", .equal(2))) == 1)
    }

    @Test(
        "keeps the contract of document stores",
        arguments: DocumentLaws.cases(for: InMemoryDocumentHarness.self))
    func keeps(law: ConformanceCase<InMemoryDocumentHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryDocumentHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test(
        "keeps the contract of aggregating document stores",
        arguments: DocumentLaws.aggregationCases(for: InMemoryDocumentHarness.self))
    func aggregates(law: ConformanceCase<InMemoryDocumentHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryDocumentHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("answers random programs as another one does")
    func answersAlike() async throws {
        try await DocumentComparison(seed: testSeed).run(
            programs: 50, InMemoryDocumentStore(), InMemoryDocumentStore())
        try await DocumentComparison(seed: testSeed).runPipelines(
            programs: 20, InMemoryDocumentStore(), InMemoryDocumentStore())
    }

    @Test("takes identifiers and the present from where it is told")
    func injected() async throws {
        var random = SeededGenerator(seed: testSeed)
        let ids = ObjectIDGenerator(now: { 7 }, using: &random)
        let store = InMemoryDocumentStore(
            ids: ids, now: { DocumentDate(millisecondsSince1970: 9_000) })
        let things = DocumentCollection("things", of: Document.self, in: store)
        guard case .objectID(let id) = try await things.insert(["a": 1]) else {
            Issue.record("no ObjectID")
            return
        }
        #expect(id.seconds == 7)
        try await things.updateOne(.all, [.currentDate("a"), .currentTimestamp("b")])
        let seen = try await things.first(.all)
        #expect(seen?["a"] == .date(DocumentDate(millisecondsSince1970: 9_000)))
        #expect(seen?["b"] == .timestamp(DocumentTimestamp(seconds: 9, increment: 1)))
    }

    @Test("gives documents without an order as they were inserted, also after removals")
    func insertionOrder() async throws {
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        for number in 0..<200 { try await things.insert(["_id": .int64(Int64(number))]) }
        try await things.deleteMany(.field(.id, .remainder(1, dividedBy: 2)))
        try await things.deleteMany(.field(.id, .greater(100)))
        try await things.insert(["_id": 1])
        var seen: [DocumentValue?] = []
        for try await document in things.find(.all) { seen.append(document["_id"]) }
        #expect(seen == stride(from: 0, through: 100, by: 2).map { .int64($0) } + [1])
        #expect(try await things.count(.field(.id, .equal(50))) == 1)
        #expect(try await things.count(.field(.id, .equal(51))) == 0)
    }

    @Test("reads a snapshot of the moment in which the first document was asked for")
    func snapshot() async throws {
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        for number in 0..<300 { try await things.insert(["_id": .int64(Int64(number))]) }
        var count = 0
        for try await _ in things.find(.all) {
            count += 1
            if count == 1 { try await things.deleteMany(.all) }
        }
        #expect(count == 300)
    }
}

@Suite("The gallery of broken document stores")
struct BrokenDocumentStoreTests {
    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await DocumentLaws.killReport(
            breaking: InMemoryDocumentHarness(), seed: testSeed)
        #expect(report.flaws == [], "\(report)")
        #expect(report.killRate == 1)
    }

    @Test("every store whose pipelines are broken is caught, and every law of them catches one")
    func aggregationKillMatrix() async {
        let report = await DocumentLaws.aggregationKillReport(
            breaking: InMemoryDocumentHarness(), seed: testSeed)
        #expect(report.flaws == [], "\(report)")
        #expect(report.killRate == 1)
    }
}
