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
            let comparison = try await ModelComparison(scene)
            var generator = scene.context.makeGenerator()
            for _ in 0..<12 {
                let calls = comparison.randomCalls(60, using: &generator)
                guard try await comparison.disagreement(calls) != nil else { continue }
                throw try await comparison.shrunkFailure(calls)
            }
        }
    }
}
