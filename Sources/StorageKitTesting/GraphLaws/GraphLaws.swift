import StorageKit

/// The contract of graph stores as conformance cases, a case for each clause.
///
/// ```swift
/// @Test(arguments: GraphLaws.cases(for: MyHarness.self))
/// func keepsTheLaw(law: ConformanceCase<MyHarness>) async {
///     let verdict = await ConformanceRunner(harness: MyHarness(), seed: 1).run(law)
///     #expect(verdict.isAcceptable, "\(verdict)")
/// }
/// ```
///
/// Identifiers are `graph.<group>.<expectation>`.
public enum GraphLaws {
    /// The cases of `GraphStore`, which every store of the family must pass.
    public static func cases<Harness: GraphHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        nodeCases() + relationshipCases() + neighbourCases() + readingCases()
    }

    /// A case on a fresh store.
    static func law<Harness: GraphHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (GraphScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .law("graph.\(id)", clause, body)
    }
}
