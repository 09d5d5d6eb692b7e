import StorageKit
import StorageKitTesting
import Testing

@Suite("The gallery of broken key-value stores")
struct BrokenKeyValueStoreTests {
    private static let laws =
        KeyValueLaws.allCases(for: BrokenKeyValueHarness.self) + KeyValueLaws.exactExpiryCases()
        + KeyValueLaws.roundTripCases()

    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await KeyValueLaws.killReport(
            defects: KeyValueDefect.gallery, cases: Self.laws,
            limits: ModelKeyValueHarness().limits, seed: testSeed)
        print(report)
        #expect(report.escaped.isEmpty, "\(report)")
        #expect(report.idleCases.isEmpty, "\(report)")
        #expect(report.killRate == 1)
    }

    @Test("names of defects are not used twice, and each names a law there is")
    func names() {
        let gallery = KeyValueDefect.gallery
        #expect(Set(gallery.map(\.name)).count == gallery.count)
        let unknown = Set(gallery.map(\.caughtBy)).subtracting(Self.laws.map(\.id))
        #expect(unknown.isEmpty, "\(unknown)")
    }
}
