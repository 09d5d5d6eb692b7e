import StorageKit

extension RepositoryLaws {
    static func randomCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [agreesWithModel(), linearizable()]
    }

    private static func agreesWithModel<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "model.random-sequences",
            "Every sequence of calls gets the answers that the contract's model gives."
        ) { scene in
            let comparison = try await RepositoryComparison(scene)
            try await comparison.run(sequences: 12) {
                comparison.randomCall(revision: $0, using: &$1)
            }
        }
    }
}
