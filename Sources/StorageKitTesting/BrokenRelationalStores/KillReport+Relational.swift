import StorageKit

extension RelationalLaws {
    /// Runs the laws on a store with each defect and reports what they caught.
    ///
    /// - Parameters:
    ///   - harness: Makes the sound stores that the defects break.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport<Harness: RelationalHarness>(
        harness: Harness, seed: UInt64
    ) async -> KillReport {
        let cases = cases(for: BrokenRelationalHarness<Harness>.self)
        var report = KillReport(rows: [], cases: cases.map(\.id))
        for defect in RelationalDefect.allCases {
            let runner = ConformanceRunner(
                harness: BrokenRelationalHarness(harness, defect), seed: seed)
            let killers = await runner.run(cases).failures.map(\.id)
            report.rows.append(
                .init(id: defect.rawValue, caughtBy: defect.caughtBy, killers: killers))
        }
        return report
    }
}
