import StorageKit

extension RepositoryLaws {
    static func cancellationCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [cancelledBefore(), cancelledReads(), cancelledDuring(), neighboursUnharmed()]
    }

    private static func cancelledBefore<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.before-a-write",
            "A write of a cancelled task either happens and returns, or throws cancelled and has "
                + "not happened, unless the error says that it may have."
        ) { scene in
            for (number, write) in CancelledWrite.allCases.enumerated() {
                try await write.prepare(number, scene)
                let task = scene.cancelledTask { try await write.perform(number, scene) }
                try await write.judge(await task.result, number, scene)
            }
        }
    }

    private static func cancelledDuring<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.during-a-write",
            "A write whose task is cancelled meanwhile either happens and returns, or throws "
                + "cancelled and has not happened, unless the error says that it may have."
        ) { scene in
            for round in 0..<40 {
                let write = CancelledWrite.allCases[round % CancelledWrite.allCases.count]
                try await write.prepare(round, scene)
                let task = scene.task {
                    try await write.perform(round, scene)
                }
                for _ in 0..<(round / 4) { await Task.yield() }
                task.cancel()
                try await write.judge(await task.result, round, scene)
            }
        }
    }

    private static func cancelledReads<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.of-a-read",
            "A read of a cancelled task either returns what is stored or throws cancelled, and "
                + "later reads are as if it had not been."
        ) { scene in
            try await scene.fill(0..<3)
            let reads: [RepositoryCall<H.Subject.Entity, H.Subject.ID>] = [
                .get(scene.id(1)), .getMany([scene.id(1)]),
                .scan(after: nil, limit: scene.pageSize(2)),
            ]
            for call in reads {
                let expected = try await call.result(on: scene.store)
                let task = scene.cancelledTask { await call.outcome(on: scene.store) }
                try scene.expect(try await task.value, isCancelledOr: expected)
                try scene.context.expectEqual(
                    try await call.result(on: scene.store), expected, "the same read afterwards")
            }
        }
    }

    private static func neighboursUnharmed<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.harms-no-neighbour",
            "Cancelling one task never makes the call of another fail, at the same time or later."
        ) { scene in
            try await scene.fill(0..<16)
            let doomed = (0..<8).map { number in
                scene.task {
                    try await scene.store.upsert(scene.entity(number, 1))
                }
            }
            let neighbours = (8..<16).map { number in
                scene.task {
                    try await scene.store.replace(scene.entity(number, 1))
                    try await scene.expect(number, is: 1, "beside a cancelled task")
                }
            }
            for task in doomed { task.cancel() }
            for task in neighbours { try await task.value }
            // A cancelled write that may have been applied may also be on its way still, and land
            // after what is written here: its number says nothing about neighbours.
            var settled = Array(8..<16)
            for (number, task) in doomed.enumerated() {
                let error = await task.result.failure as? StorageError
                if error?.mayHaveBeenApplied != true { settled.append(number) }
            }
            for number in settled {
                try await scene.store.replace(scene.entity(number, 2))
                try await scene.expect(number, is: 2, "after cancelled tasks")
            }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

extension RepositoryScene {
    fileprivate func expect(
        _ outcome: Result<RepositoryResult<Entity, ID>, StorageError>,
        isCancelledOr expected: RepositoryResult<Entity, ID>
    ) throws {
        switch outcome {
        case .success(let result):
            try context.expectEqual(result, expected, "the read of a cancelled task")
        case .failure(let error):
            try context.expectEqual(error.code, .cancelled, "the error of a cancelled task")
        }
    }
}
