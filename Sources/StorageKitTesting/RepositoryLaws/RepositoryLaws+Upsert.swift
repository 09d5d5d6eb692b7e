import StorageKit

extension RepositoryLaws {
    static func upsertCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [upsertCreates(), upsertReplaces()]
    }

    private static func upsertCreates<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "upsert.creates",
            "upsert stores an entity whose identifier is free, also when it was taken before."
        ) { scene in
            try await scene.fill(0..<2)
            try await scene.store.upsert(scene.entity(2, 1))
            try await scene.expectContents([0: 0, 1: 0, 2: 1], "after the upsert")
            try await scene.store.delete(scene.id(0))
            try await scene.store.upsert(scene.entity(0, 2))
            try await scene.expectContents([0: 2, 1: 0, 2: 1], "after delete and upsert")
        }
    }

    private static func upsertReplaces<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "upsert.replaces-whole",
            "upsert stores an entity in place of the one with its identifier, all of it, and "
                + "leaves the others alone."
        ) { scene in
            try await scene.fill(0..<3)
            for revision in [1, 2, 5, 0] {
                try await scene.store.upsert(scene.entity(1, revision))
                try await scene.expectContents([0: 0, 1: revision, 2: 0], "after the upsert")
            }
        }
    }
}
