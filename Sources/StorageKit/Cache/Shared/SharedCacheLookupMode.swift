/// When a ``SharedCache`` registers a load.
///
/// | | hit | miss | what it costs |
/// |---|---|---|---|
/// | ``getThenLease`` | 1 round trip | 3: look up, lease, fill | a hit writes nothing |
/// | ``leaseOnRead`` | 1 round trip | 2: look up and lease, fill | every lookup may write; a reader that dies after a miss leaves a lease |
public enum SharedCacheLookupMode: Hashable, Sendable {
    /// When somebody begins it.
    case getThenLease
    /// With the lookup that found nothing, for whoever in this process begins it next.
    ///
    /// Whoever begins it is not told when it has ended meanwhile, because the key was invalidated:
    /// it loads once more than was needed, and what it publishes is refused.
    case leaseOnRead
}
