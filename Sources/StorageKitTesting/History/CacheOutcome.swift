/// What came of a ``CacheCall``.
public struct CacheOutcome: Hashable, Sendable {
    /// The version that was read or written, counted by the primary in the order of its commits.
    ///
    /// Of an invalidation, one of which its maker knew that it was committed before. Zero when
    /// there is none: the entity is absent, nothing is known.
    public var version: Int
    /// Whether the cache was told, so that all processes were: `false` when a write succeeded and
    /// its invalidation did not, or when nobody can say.
    public var isAcknowledged: Bool
    /// Whether a read was served by the cache.
    public var isHit: Bool

    /// Creates an outcome.
    public init(version: Int = 0, isAcknowledged: Bool = true, isHit: Bool = false) {
        self.version = version
        self.isAcknowledged = isAcknowledged
        self.isHit = isHit
    }
}

extension CacheOutcome: CustomStringConvertible {
    /// For example `v3`, `v3 from the cache`, `v4, the cache was not told`.
    public var description: String {
        "v\(version)" + (isHit ? " from the cache" : "")
            + (isAcknowledged ? "" : ", the cache was not told")
    }
}
