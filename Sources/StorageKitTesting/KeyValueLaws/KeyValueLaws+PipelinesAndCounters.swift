public import StorageKit

extension KeyValueLaws {
    /// The cases of `PipelinedStore` on one that counts as well: counters can fail.
    public static func pipelineCounterCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: PipelinedStore & AtomicCounterStore {
        [pipelineFailure(), pipelineCounts()]
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

    private static func pipelineCounts<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.counts-in-order",
            "Increments in a pipeline give the sums in their order, and reads between them those "
                + "that were reached."
        ) { scene in
            let (first, seen, second) = try await scene.store.pipeline {
                ($0.increment("n", by: 7), $0.get("n"), $0.increment("n", by: -2))
            }
            try scene.context.expectEqual(try first.get(), 7, "the first sum")
            try scene.context.expectEqual(try seen.get(), "7", "get between increments")
            try scene.context.expectEqual(try second.get(), 5, "the second sum")
            let sums = try await scene.store.pipeline { c in
                (0..<50).map { _ in c.increment("many") }
            }
            try scene.context.expectEqual(
                try sums.map { try $0.get() }, Array(1...50), "increments in a pipeline")
        }
    }
}
