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
        await KillReport(of: defects, cases: cases, meeting: .group, seed: seed) {
            BrokenKeyValueHarness($0, limits: limits)
        }
    }
}
