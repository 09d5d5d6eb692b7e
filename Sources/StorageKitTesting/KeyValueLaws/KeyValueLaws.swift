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
        ConformanceCase("key-value.\(id)", clause: clause) { harness, context in
            try await harness.withSubject { subject in
                try await body(KeyValueScene(harness, subject, context))
            }
        }
    }

    /// A case of several tasks, run twice: in turns that the seed decides, then in parallel.
    ///
    /// Turns find the stores that do in two steps what must be one, whatever the machine is doing;
    /// parallel runs find the data races, with luck.
    static func overlappingLaw<Harness: KeyValueHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (KeyValueScene<Harness>) async throws -> Void
    ) -> ConformanceCase<Harness> {
        ConformanceCase("key-value.\(id)", clause: clause) { harness, context in
            for executor in [InterleavingExecutor(seed: context.seed), nil] {
                try await withTaskExecutorPreference(executor) {
                    try await harness.withSubject { subject in
                        var scene = KeyValueScene(harness, subject, context)
                        scene.executor = executor
                        try await body(scene)
                    }
                }
            }
        }
    }
}
