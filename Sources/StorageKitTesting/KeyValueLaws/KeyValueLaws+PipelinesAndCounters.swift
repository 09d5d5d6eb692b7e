public import StorageKit

extension KeyValueLaws {
    /// The cases of `PipelinedStore` on one that counts as well: counters can fail.
    public static func pipelineCounterCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: PipelinedStore & AtomicCounterStore {
        [pipelineFailure(), batchCounts(by: PipelineWay<Harness>())]
    }

    private static func pipelineFailure<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.failures-stop-nothing",
            "A failure of one command is its own result, and the next ones are done all the same."
        ) { scene in
            try await scene.store.set("text", to: "x")
            let (before, failed, after, last) = try await scene.store.pipeline {
                (
                    $0.set("a", to: "1"), $0.increment("text"), $0.set("b", to: "2"),
                    $0.get("text")
                )
            }
            try before.get()
            try after.get()
            try scene.context.expectEqual(try last.get(), "x", "get after a failure")
            try await scene.context.expectThrows(.decodingFailed, "increment of a text") {
                try failed.get()
            }
            try await scene.expect("a", holds: "1", "written before the failure")
            try await scene.expect("b", holds: "2", "written after the failure")
            try await scene.expect("text", holds: "x", "after the failure")
        }
    }
}
