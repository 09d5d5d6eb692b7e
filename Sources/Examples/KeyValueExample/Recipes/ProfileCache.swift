import StorageKit

/// Profiles kept at hand for five minutes: `profile:<user>`, a hash that vanishes.
struct ProfileCache<Store: HashStore & ExpiringKeyValueStore & AtomicBatchStore>: Sendable {
    let store: Store

    /// Keeps a profile for 300 s, in place of an older one.
    ///
    /// One round trip. The batch is one step: nobody finds a profile without an expiry, which would
    /// stay for ever if this process died between two calls.
    func cacheUserProfile(userID: Int, profile: UserProfile) async throws(StorageError) {
        let key = Self.key(of: userID)
        try await store.atomically {
            (
                $0.delete(key), $0.hashSet(key, profile.fields),
                $0.expire(key, after: .seconds(300))
            )
        }
    }

    /// A profile that is at hand, or `nil`.
    func profile(of userID: Int) async throws(StorageError) -> UserProfile? {
        UserProfile(fields: try await store.hashGetAll(Self.key(of: userID)))
    }

    static func key(of userID: Int) -> ByteString { "profile:\(userID)" }
}
