/// When a ``SharedCache`` registers a load.
///
/// A hit is one round trip in both modes. A miss is three with ``getThenLease`` (look up, lease,
/// fill), and a hit writes nothing. A miss is two with ``leaseOnRead`` (look up and lease, fill),
/// and every lookup may write: a reader that dies after a miss leaves a lease.
public enum SharedCacheLookupMode: Hashable, Sendable {
    /// When somebody begins it.
    case getThenLease
    /// With the lookup that found nothing, for whoever in this process begins it next.
    ///
    /// Whoever begins it is not told when it has ended meanwhile, because the key was invalidated:
    /// it loads once more than was needed, and what it publishes is refused.
    case leaseOnRead
}
