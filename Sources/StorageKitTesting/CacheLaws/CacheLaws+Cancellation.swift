import StorageKit

extension CacheLaws {
    static func cancellationCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [cancelledInvalidation(), cancelledPublication(), cancelledReads()]
    }

    private static func cancelledInvalidation<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.of-an-invalidation",
            "An invalidation whose task is cancelled either returns, and then the entry is gone, "
                + "or throws cancelled."
        ) { scene in
            for round in 0..<20 {
                try await scene.fill([round])
                let task = scene.task { try await scene.invalidate(round) }
                for _ in 0..<(round / 4) { await Task.yield() }
                task.cancel()
                switch await task.result {
                case .success: try await scene.expectNothing(round, "after it returned")
                case .failure(let error): try scene.expectCancelled(error)
                }
                try await scene.invalidate(round)
                try await scene.expectGone(round, "after another that returned")
            }
        }
    }

    private static func cancelledPublication<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.of-a-publication",
            "A publication whose task is cancelled either returns, and says whether it stored, or "
                + "throws cancelled; either way an invalidation ends it all."
        ) { scene in
            for round in 0..<20 {
                let ticket = try await scene.ticket(round)
                let task = scene.task {
                    try await scene.publish(round, scene.entry(round), ticket)
                }
                for _ in 0..<(round / 4) { await Task.yield() }
                task.cancel()
                switch await task.result {
                case .success(true): try await scene.expect(round, is: 0, "after it was stored")
                case .success(false): try await scene.expectNothing(round, "after it was not")
                case .failure(let error): try scene.expectCancelled(error)
                }
                try await scene.invalidate(round)
                try await scene.expectRejected(round, ticket, "after an invalidation")
            }
        }
    }

    private static func cancelledReads<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "cancellation.of-a-read",
            "A lookup of a cancelled task finds what is there or throws cancelled, and later ones "
                + "are as if it had not been."
        ) { scene in
            try await scene.fill([1])
            for _ in 0..<10 {
                let one = scene.cancelledTask { try await scene.cache.get(scene.key(1)) }
                let many = scene.cancelledTask { try await scene.cache.get(scene.keys([0, 1])) }
                switch await one.result {
                case .success(let entry):
                    try scene.context.expectEqual(entry?.value?.revision, 0, "what was found")
                case .failure(let error): try scene.expectCancelled(error)
                }
                switch await many.result {
                case .success(let found):
                    try scene.context.expectEqual(found.count, 1, "how many were found")
                case .failure(let error): try scene.expectCancelled(error)
                }
                try await scene.expect(1, is: 0, "after cancelled lookups")
            }
        }
    }
}

extension CacheScene {
    fileprivate func expectCancelled(_ error: any Error) throws {
        guard let error = error as? StorageError else { throw error }
        try context.expectEqual(error.code, .cancelled, "the error of a cancelled call")
    }
}
