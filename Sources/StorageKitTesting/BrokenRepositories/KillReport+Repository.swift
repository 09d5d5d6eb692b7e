import StorageKit

extension RepositoryLaws {
    /// Runs cases on every defect of a gallery and reports what they caught.
    ///
    /// - Parameters:
    ///   - harness: Makes the sound subjects that the defects break.
    ///   - defects: The gallery.
    ///   - cases: The cases under test.
    ///   - seed: The seed of the cases' randomness.
    public static func killReport<Harness: RepositoryHarness>(
        harness: Harness, defects: [RepositoryDefect<Harness.Subject>],
        cases: [ConformanceCase<BrokenRepositoryHarness<Harness>>], seed: UInt64
    ) async -> KillReport {
        await KillReport(of: defects, cases: cases, meeting: .all, seed: seed) {
            BrokenRepositoryHarness(harness, $0)
        }
    }
}
