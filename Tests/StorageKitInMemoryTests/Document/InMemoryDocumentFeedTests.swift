import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("Change feeds of the document store in memory")
struct InMemoryDocumentFeedTests {
    typealias Harness = InMemoryDocumentHarness

    @Test(
        "keeps the contract of change feeds",
        arguments: DocumentLaws.feedCases(for: Harness.self)
            + DocumentLaws.transactionFeedCases(for: Harness.self))
    func keeps(law: ConformanceCase<Harness>) async {
        let verdict = await ConformanceRunner(harness: Harness(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await DocumentLaws.feedKillReport(breaking: Harness(), seed: testSeed)
        #expect(report.flaws == [], "\(report)")
        #expect(report.killRate == 1)
    }

    @Test(
        "a store that tells of transactions too early, or of what was rolled back, is caught",
        arguments: [DocumentTransactionDefect.writesThrough, .keepsWhatFailed])
    func brokenTransactions(defect: DocumentTransactionDefect) async throws {
        typealias Broken = BrokenTransactionalDocumentHarness<Harness>
        let runner = ConformanceRunner(harness: Broken(Harness(), defect), seed: testSeed)
        let law = try #require(DocumentLaws.transactionFeedCases(for: Broken.self).first)
        let verdict = await runner.run(law)
        guard case .failed = verdict else {
            Issue.record("it was not caught: \(verdict)")
            return
        }
    }

    @Test("a position that is older than what is remembered is refused, also in the middle")
    func tooOld() async throws {
        let store = InMemoryDocumentStore(keptChanges: 10)
        let things = DocumentCollection("things", of: Document.self, in: store)
        let feed = try await things.changes()
        for _ in 0..<10 { try await things.insert(Document()) }
        let resumed = try await things.changes(after: feed.beginning)
        var iterator = resumed.makeAsyncIterator()
        for _ in 0..<10 { _ = try await iterator.next() }
        try await things.insert(Document())
        try await expect(.notFound) { try await things.changes(after: feed.beginning) }
        try await expect(.notFound) {
            var late = feed.makeAsyncIterator()
            return try await late.next()
        }
        // One that has kept up goes on.
        #expect(try await iterator.next() != nil)
    }

    @Test("texts that are no positions are refused, and positions of another store")
    func nonsense() async throws {
        for text in ["", "AA", "ä", String(repeating: "A", count: 99)] {
            try await expect(.invalidArgument) { try DocumentFeedPosition(text) }
        }
        let (full, empty) = (InMemoryDocumentStore(), InMemoryDocumentStore())
        let things = DocumentCollection("things", of: Document.self, in: full)
        try await things.insert(Document())
        let position = try await things.changes().beginning
        try await expect(.invalidArgument) {
            try await DocumentCollection("things", of: Document.self, in: empty)
                .changes(after: position)
        }
    }

    private func expect<Value>(
        _ code: StorageError.Code, _ body: () async throws -> Value
    ) async throws {
        let error = try await #require(throws: StorageError.self) { _ = try await body() }
        #expect(error.code == code)
    }
}
