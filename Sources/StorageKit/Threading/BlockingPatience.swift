/// How long jobs wait for a worker before they are refused.
///
/// The way out of the deadlock in which every holder of a connection waits for another one, and of
/// a queue that grows for ever behind a holder that never returns.
public struct BlockingPatience: Sendable {
    /// How long a job may wait.
    public let limit: Duration
    let reading: MonotonicReading
    let sleep: @Sendable (Duration) async -> Void

    /// Creates a limit.
    ///
    /// - Parameters:
    ///   - limit: How long a job may wait.
    ///   - clock: What it is measured by.
    public init(limit: Duration, clock: some Clock<Duration> = ContinuousClock()) {
        self.limit = limit
        reading = MonotonicReading(clock)
        sleep = { try? await clock.sleep(for: $0.countable) }
    }
}
