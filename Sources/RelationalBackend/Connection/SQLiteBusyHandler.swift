internal import CSQLite

/// Waits for another connection's lock, up to a time, and no longer than the job is wanted.
///
/// SQLite's own `sqlite3_busy_timeout` cannot be told to stop waiting. The pauses grow as its own
/// do, but to 25 ms and not 100, because a cancelled task waits for the rest of one.
final class SQLiteBusyHandler {
    private static let pausesMilliseconds: [Int32] = [1, 2, 5, 10, 15, 20, 25]

    private let interrupter: SQLiteInterrupter
    private let timeout: Duration
    private var start = ContinuousClock.now

    init(timeout: Duration, interrupter: SQLiteInterrupter) {
        self.timeout = timeout
        self.interrupter = interrupter
    }

    /// Pauses before another attempt.
    ///
    /// - Parameter attempt: How often this lock has been tried in vain, from 0.
    /// - Returns: Whether to try again.
    func wait(attempt: Int) -> Bool {
        if attempt == 0 { start = .now }
        let remaining = timeout - start.duration(to: .now)
        guard remaining > .zero, !interrupter.shouldStop else { return false }
        let pause = Self.pausesMilliseconds[min(attempt, Self.pausesMilliseconds.count - 1)]
        sqlite3_sleep(remaining < .milliseconds(pause) ? 1 : pause)
        return true
    }
}
