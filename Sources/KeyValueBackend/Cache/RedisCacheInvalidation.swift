/// How a ``RedisCache`` invalidates keys; the same in all processes that use the cache.
public enum RedisCacheInvalidation: Hashable, Sendable {
    /// By a script that removes entries and loads and leaves barriers and floors alone.
    ///
    /// Right for every cache, and so the default.
    case keepingBarriers
    /// By `UNLINK`, whatever is there: a plain command, with nothing to read.
    ///
    /// For a cache without strict and without versioned writes. Those throw
    /// ``StorageKit/StorageError/Code/invalidState``, rather than be undone unseen by the next
    /// invalidation.
    case deleting
}
