import StorageKitTesting
import Testing

@Suite("The gallery of broken repositories")
struct BrokenRepositoryTests {
    private typealias Broken = BrokenRepositoryHarness<CountingHarness>
    private typealias Defect = RepositoryDefect<CountingHarness.Subject>

    private static let defects = Defect.gallery + Defect.specimenGallery

    @Test("every broken store is caught by the law meant for it, and every law catches one")
    func killMatrix() async {
        let laws = RepositoryLaws.cases(for: Broken.self) + RepositoryLaws.roundTripCases()
        let report = await RepositoryLaws.killReport(
            harness: CountingHarness(), defects: Self.defects, cases: laws, seed: testSeed)
        print(report)
        #expect(report.escaped.isEmpty, "\(report)")
        #expect(report.idleCases.isEmpty, "\(report)")
        #expect(report.killRate == 1)
    }

    @Test("names of defects are not used twice, and each names a law there is")
    func names() {
        let laws = RepositoryLaws.cases(for: Broken.self) + RepositoryLaws.roundTripCases()
        #expect(Set(Self.defects.map(\.name)).count == Self.defects.count)
        #expect(Set(Self.defects.map(\.caughtBy)).isSubset(of: laws.map(\.id)))
    }

    @Test("a kill report counts what escaped and what caught nothing")
    func killReport() {
        let report = KillReport(
            rows: [
                .init(id: "caught", caughtBy: "law.1", killers: ["law.1", "law.2"]),
                .init(id: "caught-elsewhere", caughtBy: "law.1", killers: ["law.2"]),
                .init(id: "lives", caughtBy: "law.2", killers: []),
            ],
            cases: ["law.1", "law.2", "law.3"])
        #expect(report.killRate == 2.0 / 3)
        #expect(report.escaped.map(\.id) == ["caught-elsewhere", "lives"])
        #expect(report.idleCases == ["law.3"])
        #expect(
            report.description == """
                2 of 3 broken subjects caught (66 %) by 3 cases
                  caught: caught by law.1, 2 in all
                  caught-elsewhere: NOT caught by law.1, 1 in all
                  lives: NOT caught by law.2, 0 in all
                  law.3: has caught nothing
                """)
    }
}
