import StorageKit
import StorageKitTesting
import Testing

@Suite("The gallery of broken caches")
struct BrokenCacheTests {
    @Test("every broken cache is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await CacheLaws.killReport(
            defects: CacheDefect.gallery, cases: CacheLaws.allCases(), seed: testSeed)
        print(report)
        #expect(report.flaws == [])
    }
}
