extension CacheLaws {
    /// Runs cases on every defect of a gallery and reports what they caught.
    ///
    /// Each defect meets the cases of its group, those whose identifiers begin as that of the case
    /// meant for it.
    public static func killReport(
        defects: [CacheDefect], cases: [ConformanceCase<BrokenCacheHarness>], seed: UInt64
    ) async -> KillReport {
        await KillReport(of: defects, cases: cases, meeting: .group, seed: seed) {
            BrokenCacheHarness($0)
        }
    }
}
