public import StorageKit

extension KeyValueLaws {
    /// The cases of `PipelinedStore`.
    ///
    /// What needs a command that fails by what it meets is in ``pipelineCounterCases(for:)``.
    public static func pipelineCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: PipelinedStore {
        batchCases(by: PipelineWay<Harness>())
            + [pipelineMany(), pipelinesApart(), pipelineCancelled()]
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
