import StorageKit

extension KeyValueLaws {
    static func modelCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [
            law(
                "model.random-sequences",
                "Every sequence of calls on values gets the answers of the contract's model."
            ) { scene in
                try await KeyValueComparison(scene).run {
                    KeyValueDraws.value(scene.store, $0, &$1)
                }
            }
        ]
    }
}
