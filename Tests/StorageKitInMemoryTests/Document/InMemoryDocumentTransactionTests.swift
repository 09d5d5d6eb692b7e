import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("Transactions of the document store in memory")
struct InMemoryDocumentTransactionTests {
    @Test(
        "keeps the contract of transactions",
        arguments: DocumentLaws.transactionCases(for: InMemoryDocumentHarness.self)
            + DocumentLaws.transactionPipelineCases(for: InMemoryDocumentHarness.self))
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

    @Test("a transaction that a refused write has undone finds nothing more")
    func undone() async throws {
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.insert(["_id": 1])
        var codes: [StorageError.Code] = []
        do {
            try await store.withTransaction { transaction in
                _ = try? await things.in(transaction).insert(["_id": 1])
                for try await _ in things.in(transaction).find(.all) {}
                throw StorageError(code: .internalError, message: "documents were found")
            }
        } catch let error as StorageError { codes.append(error.code) }
        do {
            try await store.withTransaction { transaction in
                _ = try? await things.in(transaction).insert(["_id": 1])
                let rows = transaction.aggregate(
                    DocumentPipeline(), in: "things", as: Document.self)
                for try await _ in rows {}
                throw StorageError(code: .internalError, message: "rows were found")
            }
        } catch let error as StorageError { codes.append(error.code) }
        #expect(codes == [.invalidState, .invalidState])
    }

    @Test("what a call that nobody waits for has written is in the commit, or refused")
    func leakedCalls() async throws {
        for _ in 0..<300 {
            let store = InMemoryDocumentStore()
            let things = DocumentCollection("things", of: Document.self, in: store)
            let task = try await store.withTransaction { transaction in
                let inside = things.in(transaction)
                try await inside.insert(["_id": 0])
                return Task.detached {
                    var count = 1
                    do {
                        while true {
                            _ = try await inside.insert(["_id": .int64(Int64(count))])
                            count += 1
                        }
                    } catch {}
                    return count
                }
            }
            let count = await task.value
            #expect(try await things.count(.all) == count)
        }
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
