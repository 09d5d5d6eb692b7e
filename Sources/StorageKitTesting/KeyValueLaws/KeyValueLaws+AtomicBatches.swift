public import StorageKit

extension KeyValueLaws {
    /// The cases of `AtomicBatchStore`.
    ///
    /// What needs a command that fails by what it meets is in ``atomicBatchCounterCases(for:)``.
    public static func atomicBatchCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: AtomicBatchStore {
        [
            batchAnswers(), batchOrder(), batchEmpty(), batchIsolated(), batchRefused(),
            batchAtLimit(), batchPastLimit(), batchCancelled(),
        ]
    }

    private static func batchAnswers<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        law(
            "atomic-batch.answers-by-position",
            "An atomic batch returns the answer of each command at its position, with its own type."
        ) { scene in
            try await scene.store.set("a", to: "1")
            let (value, _, many, isThere, count) = try await scene.store.atomically {
                (
                    $0.get("a"), $0.set("b", to: "2"), $0.get(["x", "a"]), $0.exists("x"),
                    $0.delete(["a", "x"])
                )
            }
            try scene.context.expectEqual(value, "1", "get in a batch")
            try scene.context.expectEqual(many, [nil, "1"], "get of several in a batch")
            try scene.context.expectEqual(isThere, false, "exists in a batch")
            try scene.context.expectEqual(count, 1, "delete in a batch")
        }
    }

    private static func batchOrder<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        law(
            "atomic-batch.in-order",
            "The commands of a batch are done in their order, and see what those before have done."
        ) { scene in
            let (_, first, _, second, _, third) = try await scene.store.atomically {
                (
                    $0.set("a", to: "1"), $0.get("a"), $0.set("a", to: "2"), $0.get("a"),
                    $0.delete("a"), $0.get("a")
                )
            }
            try scene.context.expectEqual(
                [first, second, third], ["1", "2", nil], "gets between writes")
            try await scene.store.atomically { c in (0..<50).map { c.set("n", to: "\($0)") } }
            try await scene.expect("n", holds: "49", "after fifty writes in a batch")
        }
    }

    private static func batchEmpty<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        law("atomic-batch.of-nothing", "A batch of no commands returns no answers.") { scene in
            let none = try await scene.store.atomically { _ -> [KeyValueCommand<_, Bool>] in [] }
            try scene.context.expectEqual(none, [], "the answers of an empty batch")
            let raw = try await scene.store.atomicReplies(to: KeyValueBatch())
            try scene.context.expectEqual(raw.count, 0, "the replies to an empty batch")
            let (many, value, count) = try await scene.store.atomically {
                ($0.get([]), $0.get("a"), $0.delete([]))
            }
            try scene.context.expectEqual(many, [], "get of no keys in a batch")
            try scene.context.expectEqual(value, nil, "get after it")
            try scene.context.expectEqual(count, 0, "delete of no keys in a batch")
        }
    }

    private static func batchIsolated<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        overlappingLaw(
            "atomic-batch.isolated",
            "No other client sees a state between two commands of a batch."
        ) { scene in
            try await scene.store.atomically { ($0.set("a", to: "0"), $0.set("b", to: "0")) }
            _ = try await scene.atOnce { task in
                for round in 0..<15 {
                    if task.isMultiple(of: 2) {
                        let value: ByteString = "\(task) \(round)"
                        try await scene.store.atomically {
                            ($0.set("a", to: value), $0.set("b", to: value))
                        }
                    }
                    let (left, right) = try await scene.store.atomically {
                        ($0.get("a"), $0.get("b"))
                    }
                    try scene.context.expectEqual(left, right, "values that are set together")
                    await Task.yield()
                }
            }
        }
    }

    private static func batchRefused<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        law(
            "atomic-batch.refused-as-a-whole",
            "A batch with a command that can never be right, or beyond the limits, throws before "
                + "anything is done."
        ) { scene in
            try await scene.refuses(.invalidArgument) {
                try await scene.store.atomically {
                    ($0.set("n", to: "1"), $0.keys(withPrefix: "", after: nil, limit: 0))
                }
            }
            if let key = tooLongKey(scene.store.limits) {
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.atomically {
                        [$0.set("n", to: "1"), $0.set(key, to: "1")]
                    }
                }
            }
            try await scene.expectKeys([], "after refused batches")
        }
    }

    private static func batchAtLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        law(
            "atomic-batch.at-the-limit",
            "A batch has as many commands as limits.maximumCommandsPerBatch says."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            let answers: [Void] = try await scene.store.atomically { c in
                (0..<size).map { c.set("n", to: "\($0)") }
            }
            try scene.context.expectEqual(answers.count, size, "the number of answers")
            try await scene.expect("n", holds: "\(size - 1)", "after the largest batch")
        }
    }

    private static func batchPastLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        law(
            "atomic-batch.past-the-limit",
            "A batch of more commands than limits.maximumCommandsPerBatch throws limitExceeded, "
                + "and none of them is done."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            try await scene.refuses(.limitExceeded) {
                try await scene.store.atomically { c in
                    (0...size).map { _ in c.set("n", to: "1") }
                }
            }
            try await scene.expectKeys([], "after a refused batch")
        }
    }

    private static func batchCancelled<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore {
        overlappingLaw(
            "atomic-batch.cancelled",
            "A batch of a cancelled task is done as a whole, or throws cancelled, and nothing was "
                + "done unless the error says that it may have been."
        ) { scene in
            for round in 0..<12 {
                let keys: [ByteString] = ["a\(round)", "b\(round)"]
                let task = scene.task {
                    try await scene.store.atomically { c in keys.map { c.set($0, to: "1") } }
                    return
                }
                for _ in 0..<(round / 2) { await Task.yield() }
                task.cancel()
                try await scene.judgeBatch(await task.result, setting: keys)
                let seen = try await scene.store.atomically { c in keys.map { c.get($0) } }
                try scene.context.expectEqual(seen[0], seen[1], "values that are set together")
            }
        }
    }
}
