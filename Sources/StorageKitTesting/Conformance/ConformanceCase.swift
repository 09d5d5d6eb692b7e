/// One clause of a contract and the check that a store keeps it.
///
/// A case is a value, so that one list drives a test suite, a command line tool and a report. It
/// knows its store only through a harness; cases that need more of a store than the base protocol
/// ask for a harness that has more, and so do not compile for a store that lacks it.
///
/// ```swift
/// @Test(arguments: RepositoryLaws.cases(for: MyHarness.self))
/// func keepsTheLaw(law: ConformanceCase<MyHarness>) async {
///     let verdict = await ConformanceRunner(harness: MyHarness(), seed: 1).run(law)
///     #expect(verdict.isAcceptable, "\(verdict)")
/// }
/// ```
public struct ConformanceCase<Harness>: Identifiable, Sendable, CustomStringConvertible {
    /// A name that never changes, for example `repository.insert.refuses-taken-identifier`.
    public let id: String

    /// The sentence of the contract that is checked.
    public let clause: String

    /// The check: returns when the clause holds and throws when it does not.
    public let body: @Sendable (Harness, ConformanceContext) async throws -> Void

    /// Creates a case.
    ///
    /// - Parameters:
    ///   - id: Family, capability and expectation, joined by points. Deviations refer to it.
    ///   - clause: The sentence of the contract.
    ///   - body: The check. It makes its subjects with
    ///     ``ConformanceHarness/withSubject(_:)`` and judges with the context's expectations.
    public init(
        _ id: String, clause: String,
        body: @escaping @Sendable (Harness, ConformanceContext) async throws -> Void
    ) {
        self.id = id
        self.clause = clause
        self.body = body
    }

    /// The identifier.
    public var description: String { id }
}
