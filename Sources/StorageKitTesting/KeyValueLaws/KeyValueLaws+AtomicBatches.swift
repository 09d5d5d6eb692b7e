public import StorageKit

extension KeyValueLaws {
    /// The cases of `AtomicBatchStore`.
    ///
    /// What needs a command that fails by what it meets is in ``atomicBatchCounterCases(for:)``.
    public static func atomicBatchCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: AtomicBatchStore {
        batchCases(by: AtomicBatchWay<Harness>()) + [batchIsolated(), batchCancelled()]
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
