public import StorageKit

/// The contract of the caches as conformance cases, a case for each clause.
///
/// One suite for each refinement, so that a suite compiles only for caches that have it:
///
/// ```swift
/// @Test(arguments: CacheLaws.cases(for: MyHarness.self) + CacheLaws.tagCases())
/// func keepsTheLaw(law: ConformanceCase<MyHarness>) async {
///     let verdict = await ConformanceRunner(harness: MyHarness(), seed: 1).run(law)
///     #expect(verdict.isAcceptable, "\(verdict)")
/// }
/// ```
///
/// Identifiers are `cache.<group>.<expectation>`.
public enum CacheLaws {
    /// The cases of `Cache`, which every cache must pass.
    ///
    /// The harness's type is given only to name it.
    public static func cases<Harness: CacheHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        lookupCases() + loadCases() + freshnessCases() + publicationCases() + invalidationCases()
            + expiryCases() + boundCases() + concurrencyCases() + cancellationCases()
            + modelCases()
    }

    /// The cases of all refinements, for a cache that has them all.
    public static func allCases<Harness: CacheHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where Harness.Subject: TaggedCache & BarrierCache & VersionedCache {
        cases(for: harness) + tagCases() + barrierCases() + versionCases()
    }

    /// A case on a fresh cache.
    static func law<Harness: CacheHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (CacheScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .law("cache.\(id)", clause, body)
    }

    /// A case of several tasks, run twice: in turns that the seed decides, then in parallel.
    static func overlappingLaw<Harness: CacheHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (CacheScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .overlappingLaw("cache.\(id)", clause, body)
    }
}
