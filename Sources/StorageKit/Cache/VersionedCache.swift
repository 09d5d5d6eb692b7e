/// A cache that can be told which version a write has committed.
///
/// Leases keep a load from before a write out of the cache, if the load read the store that was
/// written. A load from a replica that lags behind reads an old version *after* the write. A cache
/// that remembers the version refuses such a fill.
public protocol VersionedCache<Key, Value>: Cache {
    /// Invalidates the keys, remembers the versions, and replaces entries where that is safe; then
    /// detaches the keys' running loads.
    ///
    /// One round trip. Call it after the commit. For each write:
    ///
    /// * an entry of the key with the same version or a newer one stays as it is;
    /// * an older entry is replaced by the write's entry if it has one, and removed otherwise; one
    ///   without a version is removed, for it may have been read after a newer write;
    /// * where there is no entry none is put: it may have been removed because of a newer write;
    /// * registered loads of the key end without filling;
    /// * fills with a version older than the write's are refused for `duration` from now, or until
    ///   the cache drops what it remembers. Fills without a version are refused then as well. An
    ///   invalidation or clearing meanwhile removes entries and leaves this in force.
    ///
    /// - Parameter duration: How far a replica that is read may lag behind; zero where none is.
    func recordWrites(
        _ writes: [CacheWrite<Key, Value>], refusingOlderFor duration: Duration
    ) async throws(StorageError)
}
