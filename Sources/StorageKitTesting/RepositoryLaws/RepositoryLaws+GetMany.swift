import StorageKit

extension RepositoryLaws {
    static func getManyCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [getManyMixed(), getManyDuplicates(), getManyEmpty()]
    }

    private static func getManyMixed<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "get-many.finds-those-that-exist",
            "get of several identifiers returns the entities that exist, each under its "
                + "identifier, and nothing for the others."
        ) { scene in
            try await scene.fill([1, 2, 5])
            try await expectGetMany([2, 1], finds: [1, 2], scene)
            try await expectGetMany([0, 1, 3, 5], finds: [1, 5], scene)
            try await expectGetMany([4, 2, 0], finds: [2], scene)
            try await expectGetMany([0, 3, 4], finds: [], scene)
            try await expectGetMany([5], finds: [5], scene)
        }
    }

    private static func getManyDuplicates<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "get-many.duplicates-count-once",
            "get of several identifiers takes one that is given twice as given once."
        ) { scene in
            try await scene.fill([1, 2])
            try await expectGetMany([1, 1], finds: [1], scene)
            try await expectGetMany([2, 1, 2, 0], finds: [1, 2], scene)
            try await expectGetMany([0, 0], finds: [], scene)
        }
    }

    private static func getManyEmpty<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "get-many.empty-is-empty",
            "get of no identifiers returns an empty dictionary."
        ) { scene in
            try await expectGetMany([], finds: [], scene)
            try await scene.fill([1, 2])
            try await expectGetMany([], finds: [], scene)
        }
    }

    private static func expectGetMany<H: RepositoryHarness>(
        _ asked: [Int], finds numbers: [Int], _ scene: RepositoryScene<H>
    ) async throws {
        guard asked.count <= scene.store.limits.maximumBatchSize else {
            throw ConformanceNotApplicable("its batches are smaller than \(asked.count)")
        }
        let expected = numbers.map { (scene.id($0), scene.entity($0)) }
        let seen = try await scene.store.get(asked.map(scene.id))
        try scene.context.expectEqual(
            seen, .init(uniqueKeysWithValues: expected), "get(\(asked.map(scene.id)))")
    }
}
