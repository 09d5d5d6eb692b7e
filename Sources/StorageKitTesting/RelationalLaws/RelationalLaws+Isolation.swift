import StorageKit

extension RelationalLaws {
    static func isolationCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [noLostUpdate(), atomicToOthers()]
    }

    private static func noLostUpdate<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "isolation.no-lost-update",
            "Serializable transactions that read and write the same row lose no update."
        ) { scene in
            try await scene.insert([1], on: scene.store)
            try await withThrowingTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<5 { try await increment(scene) }
                    }
                }
                try await group.waitForAll()
            }
            let number = try await scene.store.first("SELECT number FROM thing", as: Int.self)
            try scene.context.expectEqual(number, 81, "the number after 80 increments of 1")
        }
    }

    /// Reads, and writes one more; again when another one was faster.
    private static func increment<H: RelationalHarness>(_ scene: RelationalScene<H>) async throws {
        var retry = TransactionRetry()
        (retry.attempts, retry.firstPause) = (.max, .zero)
        try await scene.store.withRetryingTransaction(isolation: .serializable, retry: retry) {
            transaction in
            let number = try await transaction.first(
                "SELECT number FROM thing WHERE id = 1", as: Int.self)
            await Task.yield()
            try await transaction.execute(
                "UPDATE thing SET number = \((number ?? 0) + 1) WHERE id = 1")
        }
    }

    private static func atomicToOthers<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "isolation.all-or-nothing",
            "Nobody sees a transaction half done, and a reading one sees one moment."
        ) { scene in
            try await scene.insert(1...2, on: scene.store)
            try await scene.store.execute("UPDATE thing SET number = 50")
            let writing = Task {
                for round in 0..<40 {
                    try await scene.store.withTransaction { transaction in
                        try await transaction.execute(
                            "UPDATE thing SET number = \(round) WHERE id = 1")
                        await Task.yield()
                        try await transaction.execute(
                            "UPDATE thing SET number = \(100 - round) WHERE id = 2")
                    }
                }
            }
            for _ in 0..<40 {
                let sum = try await scene.store.withTransaction(
                    isolation: .repeatableRead, access: .readOnly
                ) { transaction in
                    let one = try await transaction.first(
                        "SELECT number FROM thing WHERE id = 1", as: Int.self)
                    await Task.yield()
                    let two = try await transaction.first(
                        "SELECT number FROM thing WHERE id = 2", as: Int.self)
                    return (one ?? 0) + (two ?? 0)
                }
                try scene.context.expectEqual(sum, 100, "the sum at one moment")
            }
            try await writing.value
        }
    }
}
