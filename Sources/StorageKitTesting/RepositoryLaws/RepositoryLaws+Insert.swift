import StorageKit

extension RepositoryLaws {
    static func insertCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [insertStores(), insertRefuses(), insertRefusesTheSame()]
    }

    private static func insertStores<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "insert.stores-a-new-entity",
            "insert stores an entity that is not there yet and leaves the others alone."
        ) { scene in
            try await scene.fill(0..<3)
            try await scene.store.insert(scene.entity(3, 1))
            try await scene.expectContents([0: 0, 1: 0, 2: 0, 3: 1], "after the insert")
        }
    }

    private static func insertRefuses<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "insert.refuses-taken-identifier",
            "insert never overwrites: it throws alreadyExists when the identifier is taken, and "
                + "the stored entity is untouched."
        ) { scene in
            try await scene.fill(0..<3)
            try await scene.context.expectThrows(.alreadyExists, "insert of a taken identifier") {
                try await scene.store.insert(scene.entity(1, 1))
            }
            try await scene.expectContents([0: 0, 1: 0, 2: 0], "after the refused insert")
        }
    }

    private static func insertRefusesTheSame<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "insert.refuses-an-equal-entity-too",
            "insert throws alreadyExists when the identifier is taken, be it by an equal entity."
        ) { scene in
            try await scene.fill(0..<1)
            try await scene.context.expectThrows(.alreadyExists, "insert of a stored entity") {
                try await scene.store.insert(scene.entity(0))
            }
            try await scene.expectContents([0: 0], "after the refused insert")
        }
    }
}
