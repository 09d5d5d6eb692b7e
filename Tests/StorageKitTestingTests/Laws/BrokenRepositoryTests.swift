import StorageKitTesting
import Testing

@Suite("The gallery of broken repositories")
struct BrokenRepositoryTests {
    private typealias Defect = RepositoryDefect<CountingHarness.Subject>

    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let report = await RepositoryLaws.killReport(
            harness: CountingHarness(), defects: Defect.gallery + Defect.specimenGallery,
            cases: RepositoryLaws.cases() + RepositoryLaws.roundTripCases(), seed: testSeed)
        print(report)
        #expect(report.flaws == [])
    }
}
