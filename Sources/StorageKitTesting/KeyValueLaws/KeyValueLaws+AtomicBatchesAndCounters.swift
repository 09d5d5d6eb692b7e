public import StorageKit

extension KeyValueLaws {
    /// The cases of `AtomicBatchStore` on one that counts as well: counters can fail.
    public static func atomicBatchCounterCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: AtomicBatchStore & AtomicCounterStore {
        [
            batchFails(), batchFailsFirst(), batchCounts(by: AtomicBatchWay<Harness>()),
            batchesAtOnce(),
        ]
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
