/// A shared cache that tells of every invalidation by itself.
///
/// A ``TieredCache`` over any other cache sends a message after each invalidation, which costs a
/// round trip more, leaves unsaid what others invalidate without it, and what a process removed
/// that died before it told. A cache that removes and tells in one step, as one in Redis does,
/// leaves nothing unsaid; one that needs two steps (``ConditionalCacheStorage``) that last thing.
///
/// Every call that makes an entry invalid has to tell, before it returns:
/// ``Cache/invalidate(_:)-([Key])``, ``Cache/removeAll()`` and those of the refinements,
/// ``TaggedCache/invalidate(tags:)``, ``VersionedCache/recordWrites(_:refusingOlderFor:)``, and
/// both ``BarrierCache/beginWrites(_:lasting:)`` and ``BarrierCache/endWrites(_:)``. Expiry,
/// eviction and the ends of loads are not told.
public protocol AnnouncingCache<Key, Value>: Cache {
    /// Where it tells.
    associatedtype Channel: CacheInvalidationChannel where Channel.Key == Key

    /// The channel on which its invalidations are heard, and beats can be sent.
    var invalidations: Channel { get }
}
