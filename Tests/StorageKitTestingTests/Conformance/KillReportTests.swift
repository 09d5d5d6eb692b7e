import StorageKitTesting
import Synchronization
import Testing

@Suite("A kill report")
struct KillReportTests {
    @Test("counts what escaped and what caught nothing")
    func counts() {
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
            report.flaws == [
                "caught-elsewhere is not caught by law.1", "lives is not caught by law.2",
                "law.3 has caught nothing",
            ])
        #expect(
            report.description == """
                2 of 3 broken subjects caught (66 %) by 3 cases
                  caught: caught by law.1, 2 in all
                  caught-elsewhere: NOT caught by law.1, 1 in all
                  lives: NOT caught by law.2, 0 in all
                  law.3: has caught nothing
                """)
    }

    @Test("says which name two defects have")
    func names() {
        let row = KillReport.Row(id: "same", caughtBy: "law.1", killers: ["law.1"])
        let report = KillReport(rows: [row, row], cases: ["law.1"])
        #expect(report.flaws == ["two defects have the name same"])
    }

    private struct Defect: ConformanceDefect {
        let name: String
        let caughtBy: String
    }

    /// Catches the defects of these names, and counts whom it meets.
    private static func law(
        _ id: String, catching names: Set<String>, met: Meetings
    ) -> ConformanceCase<Defect> {
        ConformanceCase(id, clause: "The defect has another name.") { defect, context in
            met.add("\(defect.name) by \(id)")
            try context.expect(!names.contains(defect.name), "another name")
        }
    }

    private final class Meetings: Sendable {
        private let names = Mutex<[String]>([])

        var all: [String] { names.withLock { $0 } }

        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    @Test("lets a defect meet its group, and a case that has caught nothing the other defects")
    func opponents() async {
        let met = Meetings()
        let cases = [
            Self.law("a.1", catching: ["x"], met: met), Self.law("a.2", catching: ["y"], met: met),
            Self.law("b.1", catching: ["y"], met: met),
        ]
        let gallery = [Defect(name: "x", caughtBy: "a.1"), Defect(name: "y", caughtBy: "b.1")]
        let report = await KillReport(of: gallery, cases: cases, meeting: .group, seed: 1) { $0 }
        #expect(report.flaws == [])
        #expect(report.rows.map(\.killers) == [["a.1"], ["b.1", "a.2"]])
        #expect(
            met.all == ["x by a.1", "x by a.2", "y by b.1", "x by a.2", "y by a.2"])
    }

    @Test("lets every defect meet every case when it is told to")
    func everyCase() async {
        let met = Meetings()
        let cases = [
            Self.law("a.1", catching: ["x", "y"], met: met),
            Self.law("b.1", catching: [], met: met),
        ]
        let gallery = [Defect(name: "x", caughtBy: "a.1"), Defect(name: "y", caughtBy: "b.1")]
        let report = await KillReport(of: gallery, cases: cases, meeting: .all, seed: 1) { $0 }
        #expect(report.escaped.map(\.id) == ["y"] && report.idleCases == ["b.1"])
        #expect(met.all.count == 4)
    }

    @Test("a list of cases says what is wrong with its identifiers and clauses")
    func cases() {
        func flaws(_ id: String..., clause: String = "It is so.") -> [String] {
            id.map { ConformanceCase<Int>($0, clause: clause) { _, _ in } }.flaws(family: "a")
        }
        #expect(flaws("a.b.c-1", "a.b.c-2") == [])
        #expect(flaws("a.b", "a.c", "a.b") == ["the identifier a.b is used twice"])
        #expect(flaws("b.b") == ["b.b does not begin with a"])
        #expect(flaws("ab.b") == ["ab.b does not begin with a"])
        #expect(flaws("a.B") == ["a.B is no identifier"])
        #expect(flaws("a.b", clause: "it") == ["the clause of a.b is no sentence"])
    }
}
