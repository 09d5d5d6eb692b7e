/// A harness that can let time pass for its subjects, by waiting or by moving a clock.
///
/// The laws ask for milliseconds and claim nothing about what has not expired yet, unless it has
/// minutes: they cannot fail because a machine is slow.
public protocol ExpiryHarness<Subject>: KeyValueHarness {
    /// Returns when at least this much time has passed by the subject's clock.
    func letPass(_ time: Duration, for subject: Subject) async throws
}
