/// The time since it was made, on any clock: a clock without its type.
///
/// The clock is read through one closure and gives a plain `Duration`, so a cache or a store needs
/// no type parameter for its clock and reading it boxes nothing.
@usableFromInline
package struct MonotonicReading: Sendable {
    @usableFromInline
    let read: @Sendable () -> Duration
    @usableFromInline
    let pause: @Sendable (Duration) async throws -> Void

    @inlinable
    package init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        read = { origin.duration(to: clock.now) }
        pause = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    @inlinable
    package var now: Duration { read() }

    /// Sleeps on the clock.
    ///
    /// - Returns: Whether the time has passed; `false` when the task was cancelled before.
    package func sleep(for duration: Duration) async -> Bool {
        do {
            try await pause(duration.countable)
            return true
        } catch {
            return false
        }
    }
}
