public import StorageKit

extension RelationalLaws {
    /// Runs the laws on a store with each defect and reports what they caught.
    ///
    /// Each defect meets the cases of its group, those whose identifiers begin as that of the case
    /// meant for it; a case that has caught none of them meets the others until it catches one. All
    /// cases on all defects would take a minute and tell no more.
    ///
    /// - Parameters:
    ///   - harness: Makes the sound stores that the defects break.
    ///   - further: Cases of the refinements that the store has; a defect that only they can catch
    ///     is left out unless they are here.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport<Harness: RelationalHarness>(
        harness: Harness, further: [ConformanceCase<BrokenRelationalHarness<Harness>>] = [],
        seed: UInt64
    ) async -> KillReport {
        await report(
            cases(for: BrokenRelationalHarness<Harness>.self) + further, harness, seed)
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
            observationCases(for: BrokenRelationalHarness<Harness>.self), harness, seed)
    }

    private static func report<Harness: RelationalHarness>(
        _ cases: [ConformanceCase<BrokenRelationalHarness<Harness>>], _ harness: Harness,
        _ seed: UInt64
    ) async -> KillReport {
        let ids = Set(cases.map(\.id))
        let defects = RelationalDefect.allCases.filter { ids.contains($0.caughtBy) }
        return await KillReport(of: defects, cases: cases, meeting: .group, seed: seed) {
            BrokenRelationalHarness(harness, $0)
        }
    }
}
