public import StorageKit

extension KeyValueLaws {
    /// The cases of `PipelinedStore`, on one that counts as well: counters can fail.
    public static func pipelineCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: PipelinedStore & AtomicCounterStore {
        [
            pipelineAnswers(), pipelineOrder(), pipelineFailure(), pipelineEmpty(), pipelineMany(),
            pipelineAtLimit(), pipelinePastLimit(), pipelineRefused(), pipelinesApart(),
            pipelineCancelled(),
        ]
    }

    private static func pipelineAnswers<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.answers-by-position",
            "A pipeline gives the result of each command at its position, with its own type."
        ) { scene in
            try await scene.store.set("a", to: "1")
            let (value, sum, many, isThere, count) = try await scene.store.pipeline {
                (
                    $0.get("a"), $0.increment("n", by: 7), $0.get(["x", "a"]), $0.exists("x"),
                    $0.delete(["a", "x"])
                )
            }
            try scene.context.expectEqual(try value.get(), "1", "get in a pipeline")
            try scene.context.expectEqual(try sum.get(), 7, "increment in a pipeline")
            try scene.context.expectEqual(try many.get(), [nil, "1"], "get of several")
            try scene.context.expectEqual(try isThere.get(), false, "exists in a pipeline")
            try scene.context.expectEqual(try count.get(), 1, "delete in a pipeline")
        }
    }

    private static func pipelineOrder<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.in-order", "The commands of a pipeline are done in their order."
        ) { scene in
            let (_, first, _, second, _, third) = try await scene.store.pipeline {
                (
                    $0.set("a", to: "1"), $0.get("a"), $0.set("a", to: "2"), $0.get("a"),
                    $0.delete("a"), $0.get("a")
                )
            }
            let seen = [try first.get(), try second.get(), try third.get()]
            try scene.context.expectEqual(seen, ["1", "2", nil], "gets between writes")
            let sums = try await scene.store.pipeline { c in (0..<50).map { _ in c.increment("n") }
            }
            try scene.context.expectEqual(
                try sums.map { try $0.get() }, Array(1...50), "increments in a pipeline")
        }
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

    private static func pipelineEmpty<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.of-nothing", "A pipeline of no commands gives no results."
        ) { scene in
            let none = try await scene.store.pipeline { _ -> [KeyValueCommand<_, Bool>] in [] }
            try scene.context.expectEqual(none.count, 0, "the results of an empty pipeline")
            let raw = try await scene.store.replies(to: KeyValueBatch())
            try scene.context.expectEqual(raw.count, 0, "the replies to an empty batch")
            // Commands that nobody need be asked about have their places all the same.
            let (many, value, count) = try await scene.store.pipeline {
                ($0.get([]), $0.get("a"), $0.delete([]))
            }
            try scene.context.expectEqual(try many.get(), [], "get of no keys in a pipeline")
            try scene.context.expectEqual(try value.get(), nil, "get after it")
            try scene.context.expectEqual(try count.get(), 0, "delete of no keys in a pipeline")
        }
    }

    private static func pipelineMany<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.many-commands",
            "A pipeline of many commands, with values of all sizes, gives each its own answer."
        ) { scene in
            let size = min(2000, scene.store.limits.maximumCommandsPerBatch)
            let longest = min(5000, scene.store.limits.maximumValueBytes)
            let values = (0..<size).map { bytes($0 * 37 % longest) + "\($0 % 10)" }
                .map { $0.count > longest ? ByteString("short") : $0 }
            let sets = try await scene.store.pipeline { c in
                (0..<size).map { c.set("k\($0)", to: values[$0]) }
            }
            for result in sets { try result.get() }
            let gets = try await scene.store.pipeline { c in (0..<size).map { c.get("k\($0)") } }
            try scene.context.expectEqual(gets.count, size, "the number of results")
            for (number, result) in gets.enumerated() {
                let seen = try result.get()
                try scene.context.expect(
                    seen == values[number], "the value of key \(number)",
                    seen: "\(seen?.count ?? 0) bytes, not the same")
            }
        }
    }

    private static func pipelineAtLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.at-the-limit",
            "A pipeline has as many commands as limits.maximumCommandsPerBatch says."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            let results = try await scene.store.pipeline { c in
                (0..<size).map { _ in c.increment("n") }
            }
            try scene.context.expectEqual(results.count, size, "the number of results")
            try scene.context.expectEqual(try results.last?.get(), Int64(size), "the last result")
        }
    }

    private static func pipelinePastLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.past-the-limit",
            "A pipeline of more commands than limits.maximumCommandsPerBatch throws limitExceeded, "
                + "and none of them is done."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            try await scene.refuses(.limitExceeded) {
                try await scene.store.pipeline { c in (0...size).map { _ in c.increment("n") } }
            }
            try await scene.expectKeys([], "after a refused pipeline")
        }
    }

    private static func pipelineRefused<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        law(
            "pipeline.refused-as-a-whole",
            "A pipeline with a command that can never be right, or beyond the limits, throws "
                + "before anything is done."
        ) { scene in
            try await scene.refuses(.invalidArgument) {
                try await scene.store.pipeline {
                    ($0.increment("n"), $0.keys(withPrefix: "", after: nil, limit: 0))
                }
            }
            if let key = tooLongKey(scene.store.limits) {
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.pipeline { [$0.increment("n"), $0.increment(key)] }
                }
            }
            try await scene.expectKeys([], "after refused pipelines")
        }
    }

    private static func pipelinesApart<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        overlappingLaw(
            "pipeline.answers-are-not-mixed",
            "Pipelines and single calls of several tasks at once get their own answers."
        ) { scene in
            _ = try await scene.atOnce { task in
                for round in 0..<15 {
                    let key: ByteString = "k\(task)"
                    let value: ByteString = "\(task) \(round)"
                    let (_, first, second) = try await scene.store.pipeline {
                        ($0.set(key, to: value), $0.get(key), $0.get([key, "x"]))
                    }
                    let single = try await scene.store.get(key)
                    let seen = [try first.get(), try second.get()[0], single]
                    try scene.context.expectEqual(
                        seen, [value, value, value], "the answers to task \(task)")
                }
            }
        }
    }

    private static func pipelineCancelled<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore & AtomicCounterStore {
        overlappingLaw(
            "pipeline.cancelled",
            "A pipeline of a cancelled task is done, or throws cancelled, and nothing was done "
                + "unless the error says that it may have been."
        ) { scene in
            for round in 0..<12 {
                let key: ByteString = "k\(round)"
                let task = scene.task {
                    _ = try await scene.store.pipeline {
                        [$0.increment(key), $0.increment(key)]
                    }
                }
                for _ in 0..<(round / 2) { await Task.yield() }
                task.cancel()
                try await scene.judgeBatch(await task.result, key)
            }
        }
    }
}

extension KeyValueScene where Harness.Subject: AtomicCounterStore {
    /// Fails the case unless a batch of two increments left what its outcome says.
    func judgeBatch(_ outcome: Result<Void, any Error>, _ key: ByteString) async throws {
        switch outcome {
        case .success: try await expect(key, holds: "2", "after two increments")
        case .failure(let error as StorageError):
            try context.expectEqual(error.code, .cancelled, "the error of a cancelled batch")
            guard !error.mayHaveBeenApplied else { return }
            try await expect(key, holds: nil, "after a batch that was cancelled")
        case .failure(let error):
            throw ConformanceFailure(expected: "a StorageError", seen: "\(error)")
        }
    }
}
