import StorageKit
import StorageKitTesting
import Testing

@Suite("The gallery of broken caches")
struct BrokenCacheTests {
    private static let laws = CacheLaws.allCases(for: BrokenCacheHarness.self)

    @Test("every broken cache is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await CacheLaws.killReport(
            defects: CacheDefect.gallery, cases: Self.laws, seed: testSeed)
        print(report)
        #expect(report.escaped.isEmpty, "\(report)")
        #expect(report.idleCases.isEmpty, "\(report)")
        #expect(report.killRate == 1)
    }

    @Test("names of defects are not used twice, and each names a law there is")
    func names() {
        let gallery = CacheDefect.gallery
        #expect(Set(gallery.map(\.name)).count == gallery.count)
        let unknown = Set(gallery.map(\.caughtBy)).subtracting(Self.laws.map(\.id))
        #expect(unknown.isEmpty, "\(unknown)")
    }
}
