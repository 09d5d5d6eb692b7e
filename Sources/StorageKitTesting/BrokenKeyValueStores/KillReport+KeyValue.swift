public import StorageKit

extension KeyValueLaws {
    /// Runs cases on every defect of a gallery and reports what they caught.
    ///
    /// Each defect meets the cases of its group, those whose identifiers begin as that of the case
    /// meant for it: all cases on all defects would take minutes and tell no more.
    ///
    /// - Parameters:
    ///   - defects: The gallery.
    ///   - cases: The cases under test.
    ///   - limits: The limits of the broken stores.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport(
        defects: [KeyValueDefect], cases: [ConformanceCase<BrokenKeyValueHarness>],
        limits: KeyValueLimits, seed: UInt64
    ) async -> KillReport {
        var report = KillReport(rows: [], cases: cases.map(\.id))
        for defect in defects {
            let group = group(of: defect.caughtBy)
            let runner = ConformanceRunner(
                harness: BrokenKeyValueHarness(defect, limits: limits), seed: seed)
            let peers = cases.filter { self.group(of: $0.id) == group }
            let killers = await runner.run(peers).failures.map(\.id)
            report.rows.append(
                .init(id: defect.name, caughtBy: defect.caughtBy, killers: killers))
        }
        return report
    }

    /// The part of an identifier before its expectation.
    private static func group(of id: String) -> Substring {
        id.prefix(upTo: id.lastIndex(of: ".") ?? id.endIndex)
    }
}
