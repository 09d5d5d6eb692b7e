/// A harness that can also tell how often its subject has asked the database.
///
/// Only with it do the laws of ``RepositoryLaws/roundTripCases(for:)`` compile.
public protocol RoundTripCountingHarness<Subject>: RepositoryHarness {
    /// How many requests the subject has sent so far; only differences count.
    func roundTrips(of subject: Subject) async throws -> Int
}
