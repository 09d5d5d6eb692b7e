import StorageKit

/// The contract of the document family as conformance cases, a case for each clause.
///
/// ```swift
/// @Test(arguments: DocumentLaws.cases(for: MyHarness.self))
/// func keepsTheLaw(law: ConformanceCase<MyHarness>) async {
///     let verdict = await ConformanceRunner(harness: MyHarness(), seed: 1).run(law)
///     #expect(verdict.isAcceptable, "\(verdict)")
/// }
/// ```
///
/// Identifiers are `document.<group>.<expectation>`. Whether two stores mean the same by what no
/// case says, ``DocumentComparison`` tries with random programs.
public enum DocumentLaws {
    /// The cases of `DocumentStore`, which every store of the family must pass.
    public static func cases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        writeCases() + bulkCases() + filterCases() + arrayFilterCases() + updateCases()
            + arrayUpdateCases() + queryCases() + storeCases()
    }

    /// A case on a fresh store.
    static func law<Harness: DocumentHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (DocumentScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .law("document.\(id)", clause, body)
    }
}
