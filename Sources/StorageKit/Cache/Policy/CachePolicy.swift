/// What a ``CachedRepository`` does with time: how long it keeps what it read, when it reads again,
/// and how long it waits.
///
/// ```swift
/// var policy = CachePolicy(timeToLive: .seconds(60))
/// policy.jitter = 0.1                               // 54 to 60 seconds
/// policy.refreshAhead = .seconds(10)                // read again in the last ten of them
/// policy.staleIfPrimaryFails = .seconds(3600)       // better an hour old than an error
/// policy.softTimeout = .milliseconds(200)           // or than a slow answer
/// ```
///
/// ## The life of an entry
///
/// ```
///   published          due              stale                                      gone
///   ├───────── fresh ──┼───────────────┼──────────────────────────────────────────┤
///                      ◀ refreshAhead ▶
///   ◀─────────────── timeToLive ──────▶◀─ staleWhileRevalidating ─▶
///                                      ◀───────── staleIfPrimaryFails ────────────▶
/// ```
///
/// * *Fresh*: it is the answer.
/// * *Due*: it is the answer, and one reader's question has it read again in the background.
/// * *Stale*: within ``staleWhileRevalidating`` it is the answer, and is read again in the
///   background; after that it is read again first, and within ``staleIfPrimaryFails`` it is the
///   answer when that fails. An entry that no rule allows is not given to anybody.
///
/// The rules are those of HTTP, RFC 5861, by which the windows are named. Nothing here makes an
/// entry that was *invalidated* come back: stale is what has grown old by itself.
///
/// ## What is not promised
///
/// That an entry is kept so long: a cache may drop it at any time.
public struct CachePolicy: Hashable, Sendable {
    // MARK: Keeping

    /// How long an entity is fresh; `nil` for as long as the cache keeps entries by default.
    public var timeToLive: Duration?

    /// By what share, at the most, a time to live is made shorter by chance: from 0 to below 1.
    ///
    /// Entries that were filled together would expire together, and be loaded together.
    public var jitter = 0.0

    /// How long it is remembered that there is no such entity; `nil` to ask the primary each time.
    ///
    /// What ``CachedRepository`` inserts is seen at once all the same: a write invalidates. Stale
    /// rules and refreshing do not concern absences.
    public var negativeTimeToLive: Duration?

    // MARK: Reading again

    /// How long before it becomes stale an entity that is asked for is read again.
    ///
    /// In the background, by one reader's question, in no reader's way.
    public var refreshAhead = Duration.zero

    /// How long a stale entity is given out while it is read again in the background.
    public var staleWhileRevalidating = Duration.zero

    /// How long an entity is not read again in the background after that has failed.
    ///
    /// Each further failure doubles it, up to 32 times, and a load that succeeds ends it; zero to
    /// have every reader try. Meanwhile the entity is the answer for as long as it may be.
    ///
    /// A cache remembers this for 1,024 keys. Beyond that all further ones share one such pause,
    /// those included whose refresh has not failed yet.
    public var refreshBackOff = Duration.seconds(1)

    /// How long a stale entity is given out when the primary cannot answer.
    ///
    /// That is: when it throws an error that ``StorageError/isRetryable``, or takes longer than
    /// ``softTimeout`` or ``hardTimeout``. Other errors are the caller's to see.
    public var staleIfPrimaryFails = Duration.zero

    // MARK: Waiting

    /// How long a reader waits for a load, its own or one that it joined; `nil` without end.
    ///
    /// Then it is given the stale entity that ``staleIfPrimaryFails`` allows, or
    /// ``StorageError/Code/timedOut``. The load goes on, and fills the cache when it ends.
    public var softTimeout: Duration?

    /// How long a load may take; `nil` without end.
    ///
    /// Then it is cancelled, and all who wait for it are treated as by ``softTimeout``.
    public var hardTimeout: Duration?

    /// How long to wait for another process that is loading the entity.
    ///
    /// After that the primary is read, and the cache is not filled.
    public var patience = Duration.zero

    // MARK: Writing

    /// How far a replica that the primary reads may lag behind.
    ///
    /// Where the cache is told of versions it refuses older ones for so long after a write.
    public var replicaLag = Duration.zero

    /// After which time a barrier of the strict mode ends by itself.
    ///
    /// Longer than any write takes, or any transaction with writes in it.
    public var barrierTime = Duration.seconds(30)

    /// How long the cache is passed by for an entity after a write of unknown outcome.
    ///
    /// The request may still be on its way to the primary. Longer than a request can be.
    public var unknownWriteTime = Duration.seconds(30)

    /// Creates a policy that keeps entities and has no further rule.
    @inlinable
    public init(timeToLive: Duration? = nil) { self.timeToLive = timeToLive }
}

extension CachePolicy {
    /// How long a stale entry is of use.
    @inlinable
    var staleTime: Duration { max(staleWhileRevalidating, staleIfPrimaryFails) }

    /// What can never be right, in a sentence; `nil` when all values can be.
    var mistake: String? {
        let windows = [
            ("refreshAhead", refreshAhead), ("refreshBackOff", refreshBackOff),
            ("staleWhileRevalidating", staleWhileRevalidating),
            ("staleIfPrimaryFails", staleIfPrimaryFails), ("patience", patience),
            ("replicaLag", replicaLag), ("barrierTime", barrierTime),
            ("unknownWriteTime", unknownWriteTime),
        ]
        let times = [
            ("timeToLive", timeToLive), ("negativeTimeToLive", negativeTimeToLive),
            ("softTimeout", softTimeout), ("hardTimeout", hardTimeout),
        ]
        for (name, time) in windows where time < .zero { return "\(name) is negative" }
        for (name, time) in times where time.map({ $0 < .zero }) == true {
            return "\(name) is negative"
        }
        return 0 <= jitter && jitter < 1 ? nil : "jitter is not from 0 to below 1"
    }
}
