import StorageKit
import StorageKitTesting
import Testing

@Suite("The gallery of broken key-value stores")
struct BrokenKeyValueStoreTests {
    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await KeyValueLaws.killReport(
            defects: KeyValueDefect.gallery,
            cases: KeyValueLaws.allCases() + KeyValueLaws.exactExpiryCases()
                + KeyValueLaws.roundTripCases(),
            limits: ModelKeyValueHarness().limits, seed: testSeed)
        print(report)
        #expect(report.flaws == [])
    }

    @Test("every broken namespace is caught by the law meant for it, and every law catches one")
    func namespaces() async {
        let report = await KeyValueLaws.namespaceKillReport(seed: testSeed)
        print(report)
        #expect(report.flaws == [])
    }
}
