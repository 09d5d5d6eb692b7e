/// What a listener of a ``SharedCacheStorage`` hears.
public enum SharedCacheSignal: Hashable, Sendable {
    /// Somebody told something, perhaps this process itself.
    case message(SharedCacheMessage)
    /// Messages may have been lost before this; what follows is complete again.
    case interrupted
}
