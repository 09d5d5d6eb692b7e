public import StorageKit

extension KeyValueLaws {
    /// The cases of `AtomicBatchStore`, on one that counts as well: counters can fail.
    public static func atomicBatchCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: AtomicBatchStore & AtomicCounterStore {
        [
            batchAnswers(), batchOrder(), batchEmpty(), batchIsolated(), batchFails(),
            batchFailsFirst(), batchRefused(), batchAtLimit(), batchPastLimit(), batchesAtOnce(),
            batchCancelled(),
        ]
    }

    private static func batchAnswers<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        law(
            "atomic-batch.answers-by-position",
            "An atomic batch returns the answer of each command at its position, with its own type."
        ) { scene in
            try await scene.store.set("a", to: "1")
            let (value, sum, many, isThere, count) = try await scene.store.atomically {
                (
                    $0.get("a"), $0.increment("n", by: 7), $0.get(["x", "a"]), $0.exists("x"),
                    $0.delete(["a", "x"])
                )
            }
            try scene.context.expectEqual(value, "1", "get in a batch")
            try scene.context.expectEqual(sum, 7, "increment in a batch")
            try scene.context.expectEqual(many, [nil, "1"], "get of several in a batch")
            try scene.context.expectEqual(isThere, false, "exists in a batch")
            try scene.context.expectEqual(count, 1, "delete in a batch")
        }
    }

    private static func batchOrder<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
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
            let sums = try await scene.store.atomically { c in
                (0..<50).map { _ in c.increment("n") }
            }
            try scene.context.expectEqual(sums, Array(1...50), "increments in a batch")
        }
    }

    private static func batchEmpty<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
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
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
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

    private static func batchFails<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        law(
            "atomic-batch.failures-undo-nothing",
            "When a command fails because of what it meets, the others are done all the same; the "
                + "batch throws that error, which says that it may have been applied."
        ) { scene in
            try await scene.store.set("text", to: "x")
            let error = try await scene.error {
                try await scene.store.atomically {
                    ($0.set("a", to: "1"), $0.increment("text"), $0.set("b", to: "2"))
                }
            }
            try scene.context.expectEqual(error.code, .decodingFailed, "the error of the batch")
            try scene.context.expectEqual(
                error.mayHaveBeenApplied, true, "whether it may have been applied")
            try await scene.expect("a", holds: "1", "written before the failure")
            try await scene.expect("b", holds: "2", "written after the failure")
            try await scene.expect("text", holds: "x", "after the failure")
        }
    }

    private static func batchFailsFirst<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        law(
            "atomic-batch.throws-the-first-error",
            "Of several commands that fail, the batch throws the error of the first."
        ) { scene in
            try await scene.store.set("text", to: "x")
            try await scene.store.set("full", to: "9223372036854775807")
            for (keys, code): ([ByteString], StorageError.Code) in [
                (["n", "full", "text"], .outOfRange), (["n", "text", "full"], .decodingFailed),
            ] {
                let error = try await scene.error {
                    try await scene.store.atomically { c in keys.map { c.increment($0) } }
                }
                try scene.context.expectEqual(error.code, code, "the error for \(keys)")
            }
            try await scene.expect("n", holds: "2", "after two batches")
        }
    }

    private static func batchRefused<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        law(
            "atomic-batch.refused-as-a-whole",
            "A batch with a command that can never be right, or beyond the limits, throws before "
                + "anything is done."
        ) { scene in
            try await scene.refuses(.invalidArgument) {
                try await scene.store.atomically {
                    ($0.increment("n"), $0.keys(withPrefix: "", after: nil, limit: 0))
                }
            }
            if let key = tooLongKey(scene.store.limits) {
                try await scene.refuses(.limitExceeded) {
                    try await scene.store.atomically { [$0.increment("n"), $0.increment(key)] }
                }
            }
            try await scene.expectKeys([], "after refused batches")
        }
    }

    private static func batchAtLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        law(
            "atomic-batch.at-the-limit",
            "A batch has as many commands as limits.maximumCommandsPerBatch says."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            let sums = try await scene.store.atomically { c in
                (0..<size).map { _ in c.increment("n") }
            }
            try scene.context.expectEqual(sums.count, size, "the number of answers")
            try scene.context.expectEqual(sums.last, Int64(size), "the last answer")
        }
    }

    private static func batchPastLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        law(
            "atomic-batch.past-the-limit",
            "A batch of more commands than limits.maximumCommandsPerBatch throws limitExceeded, "
                + "and none of them is done."
        ) { scene in
            let size = try probe(
                scene.store.limits.maximumCommandsPerBatch, "commands", upTo: 200_000)
            try await scene.refuses(.limitExceeded) {
                try await scene.store.atomically { c in (0...size).map { _ in c.increment("n") } }
            }
            try await scene.expectKeys([], "after a refused batch")
        }
    }

    private static func batchesAtOnce<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        overlappingLaw(
            "atomic-batch.undivided",
            "Commands of others do not come in between: two increments in one batch give numbers "
                + "that follow each other."
        ) { scene in
            let sums = try await scene.atOnce { task in
                var sums: [Int64] = []
                for _ in 0..<15 {
                    let (first, second) = try await scene.store.atomically {
                        ($0.increment("n"), $0.increment("n"))
                    }
                    try scene.context.expectEqual(second, first + 1, "the second sum")
                    sums += [first, second]
                    // Single calls come in between if anything does.
                    if task == 0 { sums.append(try await scene.store.increment("n")) }
                }
                return sums
            }
            try scene.context.expectEqual(
                sums.flatMap { $0 }.sorted(), Array(1...255), "the sums that were returned")
        }
    }

    private static func batchCancelled<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: AtomicBatchStore & AtomicCounterStore {
        overlappingLaw(
            "atomic-batch.cancelled",
            "A batch of a cancelled task is done as a whole, or throws cancelled, and nothing was "
                + "done unless the error says that it may have been."
        ) { scene in
            for round in 0..<12 {
                let key: ByteString = "k\(round)"
                let task = scene.task {
                    _ = try await scene.store.atomically {
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

extension KeyValueScene {
    /// The error of a call that must have one.
    fileprivate func error<Value>(_ call: () async throws -> Value) async throws -> StorageError {
        let value: Value
        do {
            value = try await call()
        } catch let error as StorageError {
            return error
        }
        throw ConformanceFailure(expected: "an error", seen: describe(value))
    }
}
