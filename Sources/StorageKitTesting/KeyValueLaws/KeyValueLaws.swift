import StorageKit

/// The contract of the key-value family as conformance cases, a case for each clause.
///
/// One suite for each capability, so that a suite compiles only for stores that have it:
///
/// ```swift
/// @Test(arguments: KeyValueLaws.cases(for: MyHarness.self) + KeyValueLaws.hashCases())
/// func keepsTheLaw(law: ConformanceCase<MyHarness>) async {
///     let verdict = await ConformanceRunner(harness: MyHarness(), seed: 1).run(law)
///     #expect(verdict.isAcceptable, "\(verdict)")
/// }
/// ```
///
/// Identifiers are `key-value.<group>.<expectation>`.
public enum KeyValueLaws {
    /// The cases of `KeyValueStore`, which every store of the family must pass.
    public static func cases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        valueCases() + bytesCases() + deleteCases() + scanCases() + scanUnderChangeCases()
            + limitCases() + concurrencyCases() + cancellationCases() + modelCases()
    }

    /// A case on a fresh store whose calls are traced.
    static func law<Harness: KeyValueHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (KeyValueScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .law("key-value.\(id)", clause, body)
    }

    /// A case of several tasks, run twice: in turns that the seed decides, then in parallel.
    static func overlappingLaw<Harness: KeyValueHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (KeyValueScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        .overlappingLaw("key-value.\(id)", clause, body)
    }
}
