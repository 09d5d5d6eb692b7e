internal import StorageKit

/// Growing pauses between attempts, and how long they have taken, by the clock of a database.
struct MongoTiming: Sendable {
    private let sleep: @Sendable (Duration) async throws -> Void
    private let begin: @Sendable () -> @Sendable () -> Duration

    init(_ clock: some Clock<Duration>) {
        sleep = { try await clock.sleep(for: $0) }
        begin = {
            let start = clock.now
            return { start.duration(to: clock.now) }
        }
    }

    /// Begins to measure.
    ///
    /// - Returns: How much time has passed since.
    func stopwatch() -> @Sendable () -> Duration { begin() }

    /// Waits after so many attempts: 20 ms, and twice as long each time, but no longer than a
    /// second or so.
    ///
    /// - Throws: `cancelled` when the task is.
    func pause(after attempts: Int) async throws(StorageError) {
        do {
            try await sleep(.milliseconds(20) * (1 << min(attempts - 1, 6)))
        } catch {
            throw .cancelled()
        }
    }
}
