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
        var report = KillReport(rows: [], cases: cases.map(\.id))
        for defect in defects {
            let runner = ConformanceRunner(
                harness: BrokenRelationalHarness(harness, defect), seed: seed)
            let peers = cases.filter { group(of: $0.id) == group(of: defect.caughtBy) }
            let killers = await runner.run(peers).failures.map(\.id)
            report.rows.append(
                .init(id: defect.rawValue, caughtBy: defect.caughtBy, killers: killers))
        }
        for law in cases where report.idleCases.contains(law.id) {
            for (row, defect) in zip(report.rows.indices, defects) {
                let runner = ConformanceRunner(
                    harness: BrokenRelationalHarness(harness, defect), seed: seed)
                guard case .failed = await runner.run(law) else { continue }
                report.rows[row].killers.append(law.id)
                break
            }
        }
        return report
    }

    /// The part of an identifier before its expectation.
    private static func group(of id: String) -> Substring {
        id.prefix(upTo: id.lastIndex(of: ".") ?? id.endIndex)
    }
}
