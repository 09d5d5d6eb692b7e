import StorageKit

extension RepositoryLaws {
    static func replaceCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [replaceStores(), replaceRefuses(), replaceRefusesDeleted()]
    }

    private static func replaceStores<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "replace.stores-in-place",
            "replace stores an entity in place of the one with its identifier, all of it, and "
                + "leaves the others alone."
        ) { scene in
            try await scene.fill(0..<3)
            for revision in 1...3 {
                try await scene.store.replace(scene.entity(1, revision))
                try await scene.expectContents([0: 0, 1: revision, 2: 0], "after the replace")
            }
        }
    }

    private static func replaceRefuses<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "replace.refuses-absent-identifier",
            "replace never creates: it throws notFound when there is none to replace, and nothing "
                + "is stored."
        ) { scene in
            try await scene.fill(0..<2)
            try await scene.context.expectThrows(.notFound, "replace of an absent identifier") {
                try await scene.store.replace(scene.entity(2))
            }
            try await scene.expectContents([0: 0, 1: 0], "after the refused replace")
            try await scene.expect(2, is: nil, "after the refused replace")
        }
    }

    private static func replaceRefusesDeleted<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "replace.refuses-a-deleted-identifier",
            "replace throws notFound when the entity was deleted, and does not bring it back."
        ) { scene in
            try await scene.fill(0..<2)
            try await scene.store.delete(scene.id(0))
            try await scene.context.expectThrows(.notFound, "replace of a deleted identifier") {
                try await scene.store.replace(scene.entity(0, 1))
            }
            try await scene.expectContents([1: 0], "after the refused replace")
        }
    }
}
