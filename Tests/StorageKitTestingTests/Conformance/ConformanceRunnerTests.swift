import StorageKit
import StorageKitTesting
import Testing

@Suite("ConformanceRunner")
struct ConformanceRunnerTests {
    private typealias Case = ConformanceCase<Int>

    private let passes = Case("law.passes", clause: "It holds.") { _, _ in }
    private let fails = Case("law.fails", clause: "It holds.") { _, context in
        context.note("the first call")
        context.note("the second call")
        try context.expectEqual(1, 2, "the answer")
    }
    private let declines = Case("law.declines", clause: "It holds.") { _, _ in
        throw ConformanceNotApplicable("there is nothing to see")
    }
    private let throwing = Case("law.throws", clause: "It holds.") { _, _ in
        throw StorageError(code: .busy, message: "locked")
    }

    private func runner(_ deviations: [String: String] = [:]) -> ConformanceRunner<Int> {
        ConformanceRunner(harness: 0, seed: 7, deviations: deviations)
    }

    @Test("a case that returns has passed")
    func passed() async {
        #expect(await runner().run(passes) == .passed)
    }

    @Test("a case that finds nothing to check does not apply")
    func notApplicable() async {
        #expect(
            await runner().run(declines) == .notApplicable(reason: "there is nothing to see"))
    }

    @Test("a failure tells the case, the clause, both sides, the seed and the calls")
    func failed() async {
        let verdict = await runner().run(fails)
        #expect(
            verdict.description == """
                law.fails does not hold
                  clause:   It holds.
                  expected: the answer to be 2
                  seen:     1
                  seed:     7
                  calls:    \n    the first call
                    the second call
                """)
        #expect(!verdict.isAcceptable)
    }

    @Test("an error that a case does not expect is a failure")
    func unexpectedError() async {
        let verdict = await runner().run(throwing)
        #expect(verdict.description.contains("seen:     the error busy: locked"))
        #expect(!verdict.isAcceptable)
    }

    @Test("a declared deviation excuses a failure, with its reason")
    func knownDeviation() async {
        let runner = runner(["law.fails": "the server cannot", "law.throws": "issue 12"])
        #expect(await runner.run(fails) == .knownDeviation(reason: "the server cannot"))
        #expect(await runner.run(throwing) == .knownDeviation(reason: "issue 12"))
    }

    @Test("a declared deviation that is not needed is a failure")
    func needlessDeviation() async {
        let runner = runner(["law.passes": "once it failed", "law.declines": "once it applied"])
        for law in [passes, declines] {
            let verdict = await runner.run(law)
            #expect(!verdict.isAcceptable)
            #expect(verdict.description.contains("deviation no longer needed"))
        }
    }

    @Test("a report counts verdicts, lists cases and ends with what failed")
    func report() async {
        let report = await runner(["law.throws": "issue 12"]).run([
            passes, declines, throwing, fails,
        ])
        #expect(
            report.summary
                == "4 cases: 1 passed, 1 not applicable, 1 known deviation, 1 FAILED (seed 7)")
        #expect(report.failures.map(\.id) == ["law.fails"])
        let lines = report.description.split(separator: "\n")
        #expect(lines[1] == "  passed           law.passes")
        #expect(lines[2] == "  not applicable   law.declines (there is nothing to see)")
        #expect(lines[3] == "  known deviation  law.throws (issue 12)")
        #expect(lines[5] == "law.fails does not hold")
    }

    @Test("a deviation for a case that does not exist fails the report")
    func unknownDeviation() async {
        let report = await runner(["law.gone": "it was renamed"]).run([passes])
        #expect(!report.isAcceptable)
        #expect(report.failures.map(\.id) == ["law.gone"])
    }
}
