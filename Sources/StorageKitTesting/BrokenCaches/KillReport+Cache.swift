extension CacheLaws {
    /// Runs cases on every defect of a gallery and reports what they caught.
    ///
    /// Each defect meets the cases of its group, those whose identifiers begin as that of the case
    /// meant for it.
    public static func killReport(
        defects: [CacheDefect], cases: [ConformanceCase<BrokenCacheHarness>], seed: UInt64
    ) async -> KillReport {
        var report = KillReport(rows: [], cases: cases.map(\.id))
        for defect in defects {
            let runner = ConformanceRunner(harness: BrokenCacheHarness(defect), seed: seed)
            let peers = cases.filter { group(of: $0.id) == group(of: defect.caughtBy) }
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
