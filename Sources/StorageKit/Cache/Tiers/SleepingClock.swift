/// A clock without its type that can be slept on: see ``MonotonicReading``.
@usableFromInline
struct SleepingClock: Sendable {
    @usableFromInline
    let reading: MonotonicReading
    private let wait: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        reading = MonotonicReading(clock)
        wait = { try await clock.sleep(for: $0.countable) }
    }

    @inlinable
    var now: Duration { reading.now }

    /// Returns whether the time has passed; otherwise the task was cancelled.
    func sleep(for duration: Duration) async -> Bool {
        (try? await wait(duration)) != nil
    }
}
