/// Something that happened between readers, a cache and its primary; see ``CacheObserver``.
///
/// There are counts in it and never a key or a value.
public enum CacheEvent: Sendable {
    /// Entries that answered and are fresh.
    case hits(Int)
    /// Entries that answered although they are stale.
    case staleHits(Int)
    /// Keys whose entry was not there or not good enough.
    case misses(Int)
    /// The primary is about to be asked for so many keys, in one call.
    case loadBegan(keys: Int)
    /// The primary has answered, or failed with the error.
    case loadEnded(keys: Int, time: Duration, error: StorageError?)
    /// A load has published: so many were stored, and the others came too late.
    case filled(stored: Int, rejected: Int)
    /// Keys were invalidated by a writer, or by somebody who asked for it.
    case invalidated(keys: Int)
    /// So many tags were invalidated, by one call.
    case invalidatedTags(Int)
    /// The cache was emptied by a call of a repository.
    case invalidatedAll
    /// The cache failed; whoever read through it was answered all the same.
    case cacheFailed(StorageError)
    /// Keys are in doubt: their invalidation failed, or the outcome of their write is unknown.
    case doubted(keys: Int)
    /// So many tags are in doubt, and with them every key: their invalidation failed.
    case doubtedTags(Int)
    /// Everything is in doubt: the cache could not be emptied.
    case doubtedAll
}
