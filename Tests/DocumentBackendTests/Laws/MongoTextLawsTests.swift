import StorageKit
import StorageKitInMemory
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "The laws of text searches: MongoDB",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoTextLawsTests {
    @Test(
        "keeps the contract of text searches",
        arguments: DocumentLaws.textCases(for: MongoHarness.self))
    func keeps(law: ConformanceCase<MongoHarness>) async {
        let verdict = await ConformanceRunner(harness: MongoHarness(), seed: testSeed).run(law)
        #expect(verdict.isAcceptable, "\(verdict)")
    }

    @Test("gives the documents and scores that the store in memory gives, in the same order")
    func answersAlike() async throws {
        try await MongoWorld.with { database in
            let memory = InMemoryDocumentStore()
            var generator = SeededGenerator(seed: testSeed)
            let parts = [
                "hello", "Hello", "h\u{E9}llo", "world", "w\u{F6}rld", "a", "_", "don't", "10.5",
                "stra\u{DF}e", " ", " ", "-", ", ", "\u{2026}", "\u{20AC}", "\u{A0}",
                "\u{1F600}", "\u{3B1}\u{3B2}", "\u{391}\u{392}",
            ]
            func text(_ count: Int) -> String {
                (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
            }
            var documents: [Document] = []
            for number in 0..<200 {
                let count = Int.random(in: 0...8, using: &generator)
                let other: DocumentValue =
                    number % 3 == 0 ? [.string(text(3)), 5, .string(text(2))] : .string(text(2))
                documents.append(
                    ["_id": .int64(Int64(number)), "t": .string(text(count)), "u": other])
            }
            try await fill(database, documents)
            try await fill(memory, documents)
            for _ in 0..<60 {
                var search = DocumentTextSearch("hello \(text(2))")
                if Bool.random(using: &generator) { search.excludedWords = [text(1)] }
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    search.phrases = ["world" + text(1).filter { $0 != "\"" }]
                }
                let expected = try await answer(memory, search)
                let seen = try await answer(database, search)
                let difference = zip(seen, expected).first { $0.id != $1.id }
                #expect(
                    seen.count == expected.count && difference == nil,
                    "\(search) \(String(describing: difference))")
                let isClose = zip(seen, expected).allSatisfy { abs($0.score - $1.score) < 1e-9 }
                #expect(isClose, "\(search)")
            }
        }
    }

    private func fill(
        _ store: some TextSearchingDocumentStore, _ documents: [Document]
    ) async throws {
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.createIndexes(.text("t", "u"))
        try await things.insert(contentsOf: documents)
    }

    private func answer(
        _ store: some TextSearchingDocumentStore, _ search: DocumentTextSearch
    ) async throws -> [(id: DocumentValue?, score: Double)] {
        let things = DocumentCollection("things", of: Document.self, in: store)
        var found: [(id: DocumentValue?, score: Double)] = []
        for try await match in things.search(search, limit: 500) {
            found.append((match.entity["_id"], match.score))
        }
        return found
    }
}
