import StorageKit

/// The contract of `Repository` as conformance cases, a case for each clause.
public enum RepositoryLaws {
    /// Every case that a repository must pass.
    ///
    /// The harness's type is given only to name it: `RepositoryLaws.cases(for: MyHarness.self)`.
    public static func cases<Harness: RepositoryHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        insertCases() + replaceCases() + upsertCases() + deleteCases() + getCases() + getManyCases()
            + scanCases() + scanUnderChangeCases() + limitCases() + concurrencyCases()
            + cancellationCases() + randomCases()
    }

    /// A case on a fresh store whose calls are traced.
    static func law<Harness: RepositoryHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (RepositoryScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .law("repository.\(id)", clause, body)
    }

    /// A case of several tasks, run twice: in turns that the seed decides, then in parallel.
    static func overlappingLaw<Harness: RepositoryHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (RepositoryScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .overlappingLaw("repository.\(id)", clause, body)
    }
}
