public import StorageKit

extension KeyValueLaws {
    /// The cases of `PipelinedStore`.
    ///
    /// What needs a command that fails by what it meets is in ``pipelineCounterCases(for:)``.
    public static func pipelineCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: PipelinedStore {
        [
            pipelineAnswers(), pipelineOrder(), pipelineEmpty(), pipelineMany(),
            pipelineAtLimit(), pipelinePastLimit(), pipelineRefused(), pipelinesApart(),
            pipelineCancelled(),
        ]
    }

    private static func pipelineAnswers<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore {
        law(
            "pipeline.answers-by-position",
            "A pipeline gives the result of each command at its position, with its own type."
        ) { scene in
            try await scene.store.set("a", to: "1")
            let (value, set, many, isThere, count) = try await scene.store.pipeline {
                (
                    $0.get("a"), $0.set("b", to: "2"), $0.get(["x", "a"]), $0.exists("x"),
                    $0.delete(["a", "x"])
                )
            }
            try scene.context.expectEqual(try value.get(), "1", "get in a pipeline")
            try set.get()
            try scene.context.expectEqual(try many.get(), [nil, "1"], "get of several")
            try scene.context.expectEqual(try isThere.get(), false, "exists in a pipeline")
            try scene.context.expectEqual(try count.get(), 1, "delete in a pipeline")
        }
    }

    private static func pipelineOrder<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore {
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
            _ = try await scene.store.pipeline { c in
                (0..<50).map { c.set("n", to: "\($0)") }
            }
            try await scene.expect("n", holds: "49", "after fifty writes in a pipeline")
        }
    }

    private static func pipelineEmpty<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore {
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
    where H.Subject: PipelinedStore {
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
    where H.Subject: PipelinedStore {
        law(
            "pipeline.at-the-limit",
            "A pipeline has as many commands as limits.maximumCommandsPerBatch says."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            let results = try await scene.store.pipeline { c in
                (0..<size).map { c.set("n", to: "\($0)") }
            }
            try scene.context.expectEqual(results.count, size, "the number of results")
            for result in results { try result.get() }
            try await scene.expect("n", holds: "\(size - 1)", "after the largest pipeline")
        }
    }

    private static func pipelinePastLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore {
        law(
            "pipeline.past-the-limit",
            "A pipeline of more commands than limits.maximumCommandsPerBatch throws limitExceeded, "
                + "and none of them is done."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            try await scene.refuses(.limitExceeded) {
                try await scene.store.pipeline { c in (0...size).map { _ in c.set("n", to: "1") } }
            }
            try await scene.expectKeys([], "after a refused pipeline")
        }
    }

    private static func pipelineRefused<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore {
        law(
            "pipeline.refused-as-a-whole",
            "A pipeline with a command that can never be right, or beyond the limits, throws "
                + "before anything is done."
        ) { scene in
            try await scene.refuses(.invalidArgument) {
                try await scene.store.pipeline {
                    ($0.set("n", to: "1"), $0.keys(withPrefix: "", after: nil, limit: 0))
                }
            }
            if let key = tooLongKey(scene.store.limits) {
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.pipeline {
                        [$0.set("n", to: "1"), $0.set(key, to: "1")]
                    }
                }
            }
            try await scene.expectKeys([], "after refused pipelines")
        }
    }

    private static func pipelinesApart<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: PipelinedStore {
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
    where H.Subject: PipelinedStore {
        overlappingLaw(
            "pipeline.cancelled",
            "A pipeline of a cancelled task is done, or throws cancelled, and nothing was done "
                + "unless the error says that it may have been."
        ) { scene in
            for round in 0..<12 {
                let keys: [ByteString] = ["a\(round)", "b\(round)"]
                let task = scene.task {
                    _ = try await scene.store.pipeline { c in keys.map { c.set($0, to: "1") } }
                }
                for _ in 0..<(round / 2) { await Task.yield() }
                task.cancel()
                try await scene.judgeBatch(await task.result, setting: keys)
            }
        }
    }
}

extension KeyValueScene {
    /// Fails the case unless a batch that sets keys to "1" left what its outcome says.
    func judgeBatch(
        _ outcome: Result<Void, any Error>, setting keys: [ByteString]
    ) async throws {
        switch outcome {
        case .success:
            for key in keys { try await expect(key, holds: "1", "after a batch that was done") }
        case .failure(let error as StorageError):
            try context.expectEqual(error.code, .cancelled, "the error of a cancelled batch")
            guard !error.mayHaveBeenApplied else { return }
            for key in keys {
                try await expect(key, holds: nil, "after a batch that was cancelled")
            }
        case .failure(let error):
            throw ConformanceFailure(expected: "a StorageError", seen: "\(error)")
        }
    }
}
