/// Why an entry left an ``InMemoryCache``.
public enum CacheRemovalCause: Hashable, Sendable, CaseIterable {
    /// Its time to live was over.
    case expired
    /// Nobody had looked it up for the cache's time to idle.
    case idle
    /// It had to make room.
    case evicted
    /// A newer one took its place.
    case replaced
    /// Its key or one of its tags was invalidated, or a write under a barrier began.
    case invalidated
    /// All of the cache was cleared.
    case cleared
    /// It was never stored: beside the pinned entries there was no room for it.
    case tooHeavy
}
