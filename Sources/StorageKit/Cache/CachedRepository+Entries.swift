extension CachedRepository {
    /// What is put in the cache for an entity, or for the absence of one.
    ///
    /// It lives as long as it is of use to anybody, stale or not; how long it is fresh is said
    /// apart where that is shorter.
    @inlinable
    func entry(for entity: Entity?, by policy: CachePolicy) -> CacheEntry<Entity> {
        guard let entity else {
            return CacheEntry(nil, timeToLive: policy.negativeTimeToLive.map(jittered))
        }
        let fresh = policy.timeToLive.map(jittered)
        return CacheEntry(
            entity, timeToLive: fresh.map { $0 + policy.staleTime },
            freshFor: policy.staleTime > .zero ? fresh : nil,
            version: abilities.version?(entity), tags: abilities.tags?(entity) ?? [])
    }

    /// A time made shorter by chance, never longer.
    @inlinable
    func jittered(_ time: Duration) -> Duration {
        policy.jitter > 0 ? time * (1 - policy.jitter * abilities.random()) : time
    }
}
