import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("Searches of texts in the document store in memory")
struct InMemoryDocumentTextTests {
    @Test(
        "keeps the contract of text searches",
        arguments: DocumentLaws.textCases(for: InMemoryDocumentHarness.self))
    func keeps(law: ConformanceCase<InMemoryDocumentHarness>) async {
        let runner = ConformanceRunner(harness: InMemoryDocumentHarness(), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("every broken store of text searches is caught by the law meant for it")
    func killMatrix() async {
        let report = await DocumentLaws.textKillReport(
            breaking: InMemoryDocumentHarness(), seed: testSeed)
        #expect(report.flaws == [], "\(report)")
    }
}
