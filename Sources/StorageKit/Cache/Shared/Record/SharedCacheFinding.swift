/// What was found under a key of a shared cache, and so what whoever asked has to do.
public enum SharedCacheFinding: Hashable, Sendable {
    /// There is an entry.
    case entry(SharedCacheRecord.Entry)
    /// There is none, and the load that the asker named is registered.
    case leased
    /// There is none, and nothing was registered.
    case nothing(CacheBypass?)
    /// There is an entry, and whether it counts depends on these tags: look again, at them too.
    case unsure([CacheTag])
}
