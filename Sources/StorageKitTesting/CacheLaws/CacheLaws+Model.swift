import StorageKit

extension CacheLaws {
    static func modelCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [
            law(
                "model.random-sequences",
                "Every sequence of calls gets the answers of the contract's model."
            ) { scene in try await CacheComparison(scene).run() }
        ]
    }
}
