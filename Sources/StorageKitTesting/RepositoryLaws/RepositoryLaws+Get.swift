import StorageKit

extension RepositoryLaws {
    static func getCases<H: RepositoryHarness>() -> [ConformanceCase<H>] {
        [getAbsent(), getFaithful(), readYourWrites()]
    }

    private static func getAbsent<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "get.absent-is-nil",
            "get returns nil when there is no entity with this identifier."
        ) { scene in
            try await scene.expect(0, is: nil, "in an empty store")
            try await scene.fill([1, 3])
            for number in [0, 2, 4] { try await scene.expect(number, is: nil, "when absent") }
        }
    }

    private static func getFaithful<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "get.returns-what-was-written",
            "get returns an entity equal to the one written, whatever its values."
        ) { scene in
            for number in 0..<12 {
                for revision in 0..<5 {
                    try await scene.store.upsert(scene.entity(number, revision))
                    try await scene.expect(number, is: revision, "after the upsert")
                }
            }
            let written = (0..<12).map { ($0, 4) }
            try await scene.expectContents(.init(uniqueKeysWithValues: written), "at the end")
        }
    }

    /// Long enough that a store which loses one write in a hundred cannot get through.
    private static func readYourWrites<H: RepositoryHarness>() -> ConformanceCase<H> {
        law(
            "consistency.read-your-writes",
            "A get that begins after a write returned sees it: none is lost, none is seen late."
        ) { scene in
            for number in 0..<90 {
                try await scene.store.insert(scene.entity(number))
                try await scene.expect(number, is: 0, "after the insert")
                try await scene.store.replace(scene.entity(number, 1))
                try await scene.expect(number, is: 1, "after the replace")
                try await scene.store.upsert(scene.entity(number, 2))
                try await scene.expect(number, is: 2, "after the upsert")
                guard number.isMultiple(of: 2) else { continue }
                try await scene.store.delete(scene.id(number))
                try await scene.expect(number, is: nil, "after the delete")
            }
            let odd = stride(from: 1, to: 90, by: 2).map { ($0, 2) }
            try await scene.expectContents(.init(uniqueKeysWithValues: odd), "at the end")
        }
    }
}
