/// A harness that can also tell how often its subject has asked the server.
///
/// Only with it do the laws of ``KeyValueLaws/roundTripCases(for:)`` compile.
public protocol KeyValueRoundTripCountingHarness<Subject>: KeyValueHarness {
    /// How many requests the subject has sent so far; only differences count.
    ///
    /// What is sent together and waited for once is one, also when it is several commands.
    func roundTrips(of subject: Subject) async throws -> Int
}
