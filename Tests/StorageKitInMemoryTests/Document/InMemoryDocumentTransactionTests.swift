import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("Transactions of the document store in memory")
struct InMemoryDocumentTransactionTests {
    @Test(
        "keeps the contract of transactions",
        arguments: DocumentLaws.transactionCases(for: InMemoryDocumentHarness.self))
    func keeps(law: ConformanceCase<InMemoryDocumentHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryDocumentHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await DocumentLaws.transactionKillReport(
            breaking: InMemoryDocumentHarness(), seed: testSeed)
        #expect(report.flaws == [], "\(report)")
        #expect(report.killRate == 1)
    }

    @Test("documents keep the order of their insertion when somebody else has written meanwhile")
    func merges() async throws {
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        for id in 0..<5 { try await things.insert(["_id": .int64(Int64(id))]) }
        try await store.withTransaction { transaction in
            let inside = things.in(transaction)
            try await inside.updateOne(.field(.id, .equal(1)), [.set("a", 1)])
            try await inside.deleteOne(.field(.id, .equal(3)))
            try await inside.insert(["_id": 6])
            try await Task.detached {
                try await things.insert(["_id": 5])
                try await things.updateOne(.field(.id, .equal(0)), [.set("a", 2)])
            }.value
        }
        var seen: [Document] = []
        for try await thing in things.find(.all) { seen.append(thing) }
        #expect(
            seen == [
                ["_id": 0, "a": 2], ["_id": 1, "a": 1], ["_id": 2], ["_id": 4], ["_id": 5],
                ["_id": 6],
            ])
    }

    @Test("of two that insert the same identifier the first to commit wins")
    func sameIdentifier() async throws {
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        let error = try await #require(throws: StorageError.self) {
            try await store.withTransaction { transaction in
                try await things.in(transaction).insert(["_id": 1, "by": "loser"])
                try await Task.detached {
                    try await store.withTransaction { other in
                        _ = try await things.in(other).insert(["_id": 1, "by": "winner"])
                    }
                }.value
            }
        }
        #expect(error.code == .conflict && error.isRetryable && !error.mayHaveBeenApplied)
        #expect(try await things.first(.all)?["by"] == "winner")
    }
}
