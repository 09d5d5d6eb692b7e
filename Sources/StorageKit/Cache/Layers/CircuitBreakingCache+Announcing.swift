extension CircuitBreakingCache: AnnouncingCache where Base: AnnouncingCache {
    /// That of the base, which is listened to whether or not the cache is asked.
    public var invalidations: Base.Channel { base.invalidations }
}
