/// A cache that can be held empty while a write is under way: what the strict mode needs.
///
/// ```
/// writer                         cache                        reader
///   beginWrites(k) ───────────▶  k: barrier                     get(k): nothing
///   commit v1                                                   beginLoads(k): bypass
///   endWrites(k) ─────────────▶  k: nothing                     beginLoads(k): load
/// ```
///
/// Between ``beginWrites(_:lasting:)`` and ``endWrites(_:)`` nobody is served an entry of the key
/// and nobody fills one, so nobody can see the old value after somebody has seen the new one, and a
/// writer that dies in between leaves nothing behind.
///
/// Several writers may hold barriers of one key; it is free when the last has ended. A barrier ends
/// by itself after the time it was given: a write that is not over by then is as one without.
/// Invalidating a key does not remove its barriers.
public protocol BarrierCache<Key, Value>: Cache {
    /// The proof that a barrier was set, unique for ever.
    associatedtype Barrier: Sendable

    /// Removes the entries and registered loads of the keys, sets a barrier for each and then
    /// detaches their running loads.
    ///
    /// One round trip. Call it before the write.
    ///
    /// - Parameter duration: After which time the barriers end by themselves.
    func beginWrites(
        _ keys: [Key], lasting duration: Duration
    ) async throws(StorageError) -> [Key: Barrier]

    /// Ends barriers, and leaves entries behind where that is safe.
    ///
    /// One round trip. Call it after the write, whatever came of it. An entry is stored only if the
    /// barrier is still there and nobody else held one of the key at any time since it was set:
    /// otherwise nobody knows whose write was the last. It also ends what else it finds under a key
    /// whose barrier is gone, as ``Cache/invalidate(_:)-([Key])`` does.
    func endWrites(
        _ writes: [CacheWriteEnd<Key, Value, Barrier>]
    ) async throws(StorageError)
}
