/// What a cache and its readers have done so far, counted in this process.
///
/// The counts are taken one after the other while others go on counting, so under load two of them
/// need not belong to the same moment.
public struct CacheStatistics: Hashable, Sendable {
    // MARK: Looking up

    /// Keys looked up and found.
    public var hits = 0
    /// Keys looked up and not found.
    public var misses = 0
    /// Misses that waited for a load somebody else had begun.
    public var joined = 0
    /// Hits that said there is no such entity.
    public var negativeHits = 0
    /// Stale entries given out while they were read again.
    public var staleHits = 0
    /// Stale entries given out because the primary failed or was slow.
    public var staleRescues = 0
    /// Reads that by their options asked the primary alone.
    public var bypasses = 0

    // MARK: Loading

    /// Calls of the primary to fill the cache or to do without it; a batch counts once.
    public var loads = 0
    /// Those of the loads that threw.
    public var loadFailures = 0
    /// How long all loads took together.
    public var loadTime = Duration.zero
    /// Entities read again in the background.
    public var refreshes = 0
    /// Those of the refreshes that brought nothing: the primary failed.
    public var refreshFailures = 0
    /// Entities that the primary said are as they were, without sending them.
    public var notModified = 0
    /// Readers that did not wait for a load any longer; see ``CachePolicy/softTimeout``.
    public var softTimeouts = 0
    /// Loads that were cancelled; see ``CachePolicy/hardTimeout``.
    public var hardTimeouts = 0
    /// Loads that waited for another process.
    public var waits = 0
    /// Those of the waits that ended without an entry: the primary was read all the same.
    public var waitsInVain = 0

    // MARK: Filling

    /// Entries stored.
    public var published = 0
    /// Entries not stored because the key was invalidated after their load had begun, because a
    /// newer version is known, or because the load took so long that another was registered in its
    /// place.
    public var rejectedFills = 0
    /// Entries not stored because there was no room for their weight.
    public var refusedEntries = 0

    /// Entries not stored because they were too large, had too many tags, or had no bytes.
    public var unstorableEntries = 0
    /// Entries found that were written for another schema or could not be decoded: misses.
    public var unreadableEntries = 0

    // MARK: Removing

    /// Entries removed to make room.
    public var evictions = 0
    /// Entries found to have outlived their time to live.
    public var expirations = 0
    /// Entries found that nobody had looked up for the time to idle.
    public var idleRemovals = 0
    /// Entries that a newer one of their key took the place of.
    public var replacements = 0
    /// Keys invalidated, whether or not there was an entry.
    public var invalidations = 0

    // MARK: Failing

    /// Calls of the cache that threw while somebody read through it; the primary was asked instead.
    public var cacheErrors = 0
    /// Writes after which the cache could not be told; see ``CachedRepository``.
    public var failedInvalidations = 0
    /// Keys put in doubt: their invalidation failed, or the outcome of their write is unknown.
    public var doubts = 0
    /// Strict writes that were refused because the cache could not be told before them.
    public var strictRefusals = 0

    /// Creates statistics in which nothing has happened.
    public init() {}

    /// The share of lookups that were hits, from 0 to 1; 0 when there was none.
    public var hitRatio: Double {
        let lookups = hits + misses
        return lookups == 0 ? 0 : Double(hits) / Double(lookups)
    }

    /// How long a load took on average; zero when there was none.
    public var averageLoadTime: Duration { loads == 0 ? .zero : loadTime / loads }
}
