import StorageKit

extension CacheLaws {
    static func modelCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [
            law(
                "model.random-sequences",
                "Every sequence of calls gets the answers of the contract's model."
            ) { scene in
                let comparison = CacheComparison(scene)
                try await comparison.run(sequences: 12) { CacheComparison<H>.draw($0, &$1) }
            }
        ]
    }
}
