/// A harness whose subjects' time stands still until it is moved.
///
/// Only with it do the laws of ``KeyValueLaws/exactExpiryCases(for:)`` compile.
public protocol MovableClockHarness<Subject>: ExpiryHarness {
    /// Moves the subject's clock forward.
    func advanceTime(by time: Duration, for subject: Subject) async throws
}

extension MovableClockHarness {
    /// Moves the clock; nothing waits.
    public func letPass(_ time: Duration, for subject: Subject) async throws {
        try await advanceTime(by: time, for: subject)
        // Whoever was woken by the clock gets a chance to run.
        await Task.yield()
    }
}
