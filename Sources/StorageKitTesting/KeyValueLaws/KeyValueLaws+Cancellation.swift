import StorageKit

extension KeyValueLaws {
    static func cancellationCases<H: KeyValueHarness>() -> [ConformanceCase<H>] {
        [cancelledBefore(), cancelledDuring(), cancelledReads(), neighboursUnharmed()]
    }

    private static func cancelledBefore<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.before-a-write",
            "A write of a cancelled task either happens and returns, or throws cancelled and has "
                + "not happened, unless the error says that it may have."
        ) { scene in
            for round in 0..<10 {
                let key: ByteString = "k\(round)"
                try await scene.store.set(key, to: "old")
                let task = scene.cancelledTask { try await scene.store.set(key, to: "new") }
                try await scene.judge(await task.result, key, "old", "new")
            }
        }
    }

    private static func cancelledDuring<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.during-a-write",
            "A write whose task is cancelled meanwhile either happens and returns, or throws "
                + "cancelled and has not happened, unless the error says that it may have."
        ) { scene in
            for round in 0..<40 {
                let key: ByteString = "k\(round)"
                try await scene.store.set(key, to: "old")
                let task = scene.task { try await scene.store.set(key, to: "new") }
                for _ in 0..<(round / 4) { await Task.yield() }
                task.cancel()
                try await scene.judge(await task.result, key, "old", "new")
            }
        }
    }

    private static func cancelledReads<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.of-a-read",
            "A read of a cancelled task either returns what is stored or throws cancelled, and "
                + "later reads are as if it had not been."
        ) { scene in
            try await scene.store.set("a", to: "1")
            let commands = scene.store.commands
            let calls: [KeyValueCall<KeyValueScene<H>.Store>] = [
                KeyValueCall(commands.get("a")), KeyValueCall(commands.get(["x", "a"])),
                KeyValueCall(commands.exists("a")), KeyValueCall(scanOf: "", pageSize: 10),
            ]
            for call in calls {
                let expected = try await call.reply(of: scene.store)
                let task = scene.cancelledTask { await call.outcome(on: scene.store) }
                switch try await task.value {
                case .success(let seen):
                    try scene.context.expectEqual(seen, expected, "\(call) of a cancelled task")
                case .failure(let error):
                    try scene.context.expectEqual(error.code, .cancelled, "the error of \(call)")
                }
                let after = try await call.reply(of: scene.store)
                try scene.context.expectEqual(after, expected, "\(call) afterwards")
            }
        }
    }

    private static func neighboursUnharmed<H: KeyValueHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.harms-no-neighbour",
            "Cancelling one task never makes the call of another fail or take its answer, at the "
                + "same time or later."
        ) { scene in
            for number in 0..<16 { try await scene.store.set("k\(number)", to: "v\(number)") }
            for _ in 0..<8 {
                let doomed = (0..<8).map { number in
                    scene.task { try await scene.store.get("k\(number)") }
                }
                let neighbours = (8..<16).map { number in
                    scene.task {
                        try await scene.expect("k\(number)", holds: "v\(number)", "beside others")
                    }
                }
                for task in doomed { task.cancel() }
                for task in neighbours { try await task.value }
                for task in doomed { _ = await task.result }
            }
            for number in 0..<16 {
                try await scene.expect("k\(number)", holds: "v\(number)", "after cancelled tasks")
            }
        }
    }
}

extension KeyValueScene {
    /// Fails the case unless a write that may have been cancelled left what it says it left.
    func judge(
        _ outcome: Result<Void, any Error>, _ key: ByteString, _ old: ByteString, _ new: ByteString
    ) async throws {
        switch outcome {
        case .success: try await expect(key, holds: new, "after a write that returned")
        case .failure(let error as StorageError):
            try context.expectEqual(error.code, .cancelled, "the error of a cancelled write")
            guard !error.mayHaveBeenApplied else { return }
            try await expect(key, holds: old, "after a write that was cancelled")
        case .failure(let error):
            throw ConformanceFailure(expected: "a StorageError", seen: "\(error)")
        }
    }
}
