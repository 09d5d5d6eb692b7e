extension SharedCache: AnnouncingCache {
    /// The channel of its storage; listening to it throws where the storage tells nothing.
    public var invalidations: SharedCacheInvalidations<Key, Storage> {
        SharedCacheInvalidations(storage: storage, keys: keys)
    }
}
