import StorageKit

extension RepositoryLaws {
    static func concurrencyCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [oneInsertWins(), oneDeleteRemoves(), replaceNeverResurrects(), wholeUpserts()]
    }

    /// Enough for a store that checks first and writes later to be caught in between.
    private static var rounds: Range<Int> { 0..<20 }
    private static var writers: Range<Int> { 0..<8 }

    private static func oneInsertWins<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.one-insert-wins",
            "insert decides and writes in one atomic step: of several at once for one identifier "
                + "exactly one succeeds, and what it stored stays."
        ) { scene in
            for number in rounds {
                let winners = try await atOnce { writer in
                    try await scene.succeeds(but: .alreadyExists) {
                        try await scene.store.insert(scene.entity(number, writer))
                    }
                }
                try scene.context.expectEqual(winners.count, 1, "the number of inserts that won")
                try await scene.expect(number, is: winners.first, "after the inserts")
            }
        }
    }

    private static func oneDeleteRemoves<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.one-delete-removes",
            "Of several deletes at once of one entity exactly one says that it removed it."
        ) { scene in
            try await scene.fill(rounds)
            for number in rounds {
                let winners = try await atOnce { _ in
                    try await scene.store.delete(scene.id(number))
                }
                try scene.context.expectEqual(winners.count, 1, "the number of deletes that won")
                try await scene.expect(number, is: nil, "after the deletes")
            }
        }
    }

    private static func replaceNeverResurrects<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.replace-never-resurrects",
            "replace decides and writes in one atomic step: overlapping a delete it comes before "
                + "it or fails, and never brings the entity back."
        ) { scene in
            try await scene.fill(rounds)
            for number in rounds {
                _ = try await atOnce { writer in
                    if writer == 4 { return try await scene.store.delete(scene.id(number)) }
                    return try await scene.succeeds(but: .notFound) {
                        try await scene.store.replace(scene.entity(number, writer))
                    }
                }
                try await scene.expect(number, is: nil, "after a delete amid replaces")
            }
        }
    }

    private static func wholeUpserts<H: RepositoryHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.whole-writes",
            "A write is visible entirely or not at all: amid upserts of one entity a reader sees "
                + "one of them, never none and never a mixture."
        ) { scene in
            try await scene.fill(0..<1)
            let written = writers.map { scene.entity(0, $0) }
            _ = try await atOnce { task in
                for _ in 0..<24 {
                    // Odd tasks only read: writers alone would fall into step with each other.
                    if task.isMultiple(of: 2) { try await scene.store.upsert(written[task]) }
                    let seen = try await scene.store.get(scene.id(0))
                    try scene.context.expect(
                        seen.map(written.contains) ?? false, "one of the written entities",
                        seen: describe(seen))
                    await Task.yield()
                }
                return true
            }
        }
    }

    /// Runs a body for each writer at the same time and returns the writers that succeeded.
    private static func atOnce(
        _ body: @escaping @Sendable (Int) async throws -> Bool
    ) async throws -> [Int] {
        try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for writer in writers {
                group.addTask { (writer, try await body(writer)) }
            }
            return try await group.reduce(into: []) { winners, outcome in
                if outcome.1 { winners.append(outcome.0) }
            }
        }
    }
}

extension RepositoryScene {
    /// Whether a write succeeds; failing with the code is an answer, any other failure an error.
    func succeeds(
        but code: StorageError.Code, _ write: () async throws -> Void
    ) async throws -> Bool {
        do {
            try await write()
            return true
        } catch let error as StorageError where error.code == code {
            return false
        }
    }
}
