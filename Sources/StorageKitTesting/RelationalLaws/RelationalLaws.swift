public import StorageKit

/// The contract of the relational family as conformance cases, a case for each clause.
///
/// ```swift
/// @Test(arguments: RelationalLaws.cases(for: MyHarness.self))
/// func keepsTheLaw(law: ConformanceCase<MyHarness>) async {
///     let verdict = await ConformanceRunner(harness: MyHarness(), seed: 1).run(law)
///     #expect(verdict.isAcceptable, "\(verdict)")
/// }
/// ```
///
/// Identifiers are `relational.<group>.<expectation>`.
public enum RelationalLaws {
    /// Every case that a relational store must pass.
    ///
    /// The harness's type is given only to name it.
    public static func cases<Harness: RelationalHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        statementCases() + constraintCases() + rowCases() + transactionCases() + isolationCases()
            + nestingCases() + connectionCases()
            + valueCases() + injectionCases() + migrationCases() + cancellationCases()
            + queryCases()
    }

    /// What a store promises besides that can be the place of a ``TableRepository``, and its
    /// connections.
    ///
    /// The harness's type is given only to name it.
    public static func tableCases<Harness: RelationalHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where Harness.Subject: UpsertQuerying, Harness.Subject.Connection: UpsertQuerying {
        repositoryCases() + versionCases() + entityCases() + randomCases()
    }

    /// A case on a fresh store with the scene's table.
    static func law<Harness: RelationalHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (RelationalScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .law("relational.\(id)", clause, body)
    }
}
