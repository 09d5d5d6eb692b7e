/// How often a transaction that lost against another one is run again, and after what pauses.
///
/// The pauses double up to ``longestPause``; each is drawn between nothing and its full length, so
/// that those that clashed do not clash again ("Exponential Backoff And Jitter", AWS Architecture
/// Blog, 2015: "full jitter").
///
/// ```swift
/// try await store.withRetryingTransaction(isolation: .serializable) { transaction in … }
/// ```
public struct TransactionRetry: Sendable {
    /// How often the body is run at the most; at least 1.
    public var attempts = 10
    /// The full length of the pause after the first attempt.
    public var firstPause = Duration.milliseconds(10)
    /// The full length that no pause exceeds.
    public var longestPause = Duration.seconds(1)

    private let sleep: @Sendable (Duration) async throws -> Void
    private let fraction: @Sendable () -> Double

    /// Creates the usual way to try again.
    ///
    /// - Parameters:
    ///   - clock: What the pauses are slept on.
    ///   - fraction: How much of a pause is slept, from 0 to 1, asked anew each time.
    public init(
        clock: some Clock<Duration> = ContinuousClock(),
        fraction: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        sleep = { try await clock.sleep(for: $0.countable) }
        self.fraction = fraction
    }

    /// Whether what failed is run again: it may succeed, and has certainly changed nothing.
    static func isWorthwhile(after error: any Error) -> Bool {
        guard let error = error as? StorageError else { return false }
        return error.isRetryable && !error.mayHaveBeenApplied
    }

    /// How long to wait after so many attempts have failed; another time each time.
    func pauseLength(after attempts: Int) -> Duration {
        let full = min(longestPause, firstPause.countable * (1 << min(attempts - 1, 20)))
        return full * max(0, min(1, fraction()))
    }

    /// Waits after so many attempts have failed.
    ///
    /// - Throws: `cancelled` when the task is.
    func pause(after attempts: Int) async throws(StorageError) {
        do {
            try await sleep(pauseLength(after: attempts))
        } catch {
            throw .cancelled(operation: "withTransaction")
        }
    }
}
