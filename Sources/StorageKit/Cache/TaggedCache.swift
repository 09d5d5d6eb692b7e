/// A cache whose entries can be invalidated by the tags they carry.
///
/// What is promised of an invalidation by key in ``Cache`` holds for one by tag: when it returns,
/// no entry that carries one of the tags is a hit, and no load that began before it fills one.
public protocol TaggedCache<Key, Value>: Cache {
    /// Invalidates every entry that carries one of the tags, then detaches every running load.
    ///
    /// One round trip and constant time for each tag, however many entries carry it: they are
    /// removed when they are met.
    func invalidate(tags: Set<CacheTag>) async throws(StorageError)
}
