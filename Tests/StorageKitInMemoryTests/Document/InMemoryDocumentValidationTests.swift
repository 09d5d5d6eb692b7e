import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("The validation of the document store in memory")
struct InMemoryDocumentValidationTests {
    @Test(
        "keeps the contract of validations",
        arguments: DocumentLaws.validationCases(for: InMemoryDocumentHarness.self))
    func keeps(law: ConformanceCase<InMemoryDocumentHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryDocumentHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken store of validations is caught by the law meant for it")
    func killMatrix() async {
        let report = await DocumentLaws.validationKillReport(
            breaking: InMemoryDocumentHarness(), seed: testSeed)
        #expect(report.flaws == [], "\(report)")
    }

    @Test("keeps documents that break the schema when gaps are closed")
    func gaps() async throws {
        let things = DocumentCollection("things", of: Document.self, in: InMemoryDocumentStore())
        try await things.insert(contentsOf: (0..<100).map { ["_id": .int64($0)] })
        try await things.setValidation(DocumentValidation(.document([.required("a")])))
        try await things.deleteMany(.field(.id, .greater(9)))
        #expect(try await things.count(.all) == 10)
        #expect(try await things.validation() != nil)
        let error = try await #require(throws: StorageError.self) {
            try await things.insert(["_id": 100])
        }
        #expect(error.code == .constraintViolation)
    }
}
