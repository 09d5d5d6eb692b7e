internal import StorageKit

/// How a ``PostgresJobQueue`` treats its jobs.
public struct PostgresJobSettings: Hashable, Sendable {
    /// How often a job is begun at the most, until it is dead; at least 1.
    public var attempts = 10
    /// How long a job belongs to whoever has claimed it, if he does not extend that.
    ///
    /// So long at the most the job of a worker that died is left lying. While a handler of
    /// ``PostgresJobQueue/run(workers:_:)`` runs, its lease is extended again and again.
    public var lease = Duration.seconds(60)
    /// The pause after the first failure of a job; it doubles with each further one, and up to half
    /// of it is left out by chance.
    public var firstPause = Duration.seconds(1)
    /// What no pause exceeds.
    public var longestPause = Duration.seconds(3600)
    /// How often ``PostgresJobQueue/run(workers:_:)`` looks for jobs that nobody has notified it
    /// of: those that were to begin later, those that failed, and those of workers that died.
    public var pollInterval = Duration.seconds(1)

    /// Creates the usual settings.
    public init() {}

    /// The pause after a job has failed so many times.
    ///
    /// - Parameter fraction: How much of its random half is left out.
    func pause(after attempts: Int, fraction: Double) -> Duration {
        let whole = min(longestPause, firstPause.countable * (1 << max(0, min(attempts - 1, 30))))
        return whole * (1 - 0.5 * max(0, min(1, fraction)))
    }
}
