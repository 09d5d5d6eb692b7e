import StorageKit

extension RelationalLaws {
    static func cancellationCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [cancelledQuery(), cancelledBefore()]
    }

    /// Counts so far that it would take seconds.
    private static let long: SQL = """
        WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000000)
        SELECT count(*) FROM n
        """

    private static func cancelledQuery<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "cancellation.long-query",
            "Cancelling a task ends its statement and no other; the store works on."
        ) { scene in
            try await scene.insert(1...3, on: scene.store)
            for yields in [0, 10, 1000] {
                let gate = Gate()
                let task = Task {
                    gate.open()
                    return try await scene.store.first(long, as: Int.self)
                }
                await gate.pass()
                for _ in 0..<yields { await Task.yield() }
                async let neighbour = scene.ids(on: scene.store)
                task.cancel()
                try await scene.context.expectThrows(.cancelled, "the cancelled query") {
                    try await task.value
                }
                try scene.context.expectEqual(try await neighbour, [1, 2, 3], "the neighbour's")
            }
            try await scene.expect([1, 2, 3], "after cancelled queries")
        }
    }

    private static func cancelledBefore<H: RelationalHarness>() -> ConformanceCase<H> {
        law("cancellation.before", "What is cancelled before it begins has no effect.") { scene in
            let gate = Gate()
            let task = Task {
                await gate.pass()
                try await scene.insert([1], on: scene.store)
            }
            task.cancel()
            gate.open()
            try await scene.context.expectThrows(.cancelled, "a statement of a cancelled task") {
                try await task.value
            }
            try await scene.expect([], "after it")
        }
    }
}
