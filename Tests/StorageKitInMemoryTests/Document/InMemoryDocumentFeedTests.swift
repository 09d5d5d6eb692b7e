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
