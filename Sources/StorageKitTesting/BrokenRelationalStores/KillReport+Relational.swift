public import StorageKit

extension RelationalLaws {
    /// Runs the laws on a store with each defect and reports what they caught.
    ///
    /// - Parameters:
    ///   - harness: Makes the sound stores that the defects break.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport<Harness: RelationalHarness>(
        harness: Harness, seed: UInt64
    ) async -> KillReport {
        await report(
            cases(for: BrokenRelationalHarness<Harness>.self),
            on: RelationalDefect.allCases.filter { !$0.isOfObservation }, harness, seed)
    }

    /// Runs the laws of observation on a store with each defect of it and reports what they caught.
    ///
    /// - Parameters:
    ///   - harness: Makes the sound stores that the defects break.
    ///   - seed: The seed of the cases' randomness.
    public static func observationKillReport<Harness: RelationalHarness>(
        harness: Harness, seed: UInt64
    ) async -> KillReport where Harness.Subject: ChangeObservingStore {
        await report(
            observationCases(for: BrokenRelationalHarness<Harness>.self),
            on: RelationalDefect.allCases.filter(\.isOfObservation), harness, seed)
    }

    private static func report<Harness: RelationalHarness>(
        _ cases: [ConformanceCase<BrokenRelationalHarness<Harness>>],
        on defects: [RelationalDefect], _ harness: Harness, _ seed: UInt64
    ) async -> KillReport {
        var report = KillReport(rows: [], cases: cases.map(\.id))
        for defect in defects {
            let runner = ConformanceRunner(
                harness: BrokenRelationalHarness(harness, defect), seed: seed)
            let killers = await runner.run(cases).failures.map(\.id)
            report.rows.append(
                .init(id: defect.rawValue, caughtBy: defect.caughtBy, killers: killers))
        }
        return report
    }
}
