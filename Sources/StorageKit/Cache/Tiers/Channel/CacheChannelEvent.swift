/// What a listener of a ``CacheInvalidationChannel``, or of a ``SharedCacheStorage``, hears.
public enum CacheChannelEvent<Key: Hashable & Sendable>: Hashable, Sendable {
    /// Somebody told something, the listener itself perhaps.
    case message(CacheMessage<Key>)
    /// Messages may have been lost before this; what follows is complete again.
    case interrupted
}
