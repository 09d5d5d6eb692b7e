/// What one read does differently from the repository's ``CachePolicy``.
///
/// ```swift
/// try await todos.get(42, options: .reload)                       // what the primary has now
/// try await todos.get(42, options: .onlyIfCached)                 // or nothing
/// try await todos.get(42, options: CacheReadOptions(timeToLive: .seconds(5)))
/// ```
public struct CacheReadOptions: Hashable, Sendable {
    /// Who may be asked.
    public enum Source: Hashable, Sendable {
        /// The cache, then the primary.
        case cacheFirst
        /// The cache and nobody else: what it does not have is ``CachedRead/Source/notAsked``.
        case cacheOnly
        /// The primary, and what the cache has is replaced by its answer.
        ///
        /// The entity is invalidated first, for everybody: one more round trip.
        case reload
        /// The primary alone, by a call of this reader's own: the cache is not asked, not filled
        /// and not changed.
        case primaryOnly
    }

    /// Who may be asked.
    public var source: Source

    /// For how long an entity may have been stale, in place of the policy's
    /// ``CachePolicy/staleWhileRevalidating``; `nil` to leave it at that.
    ///
    /// Longer than the policy's windows does nothing more: no cache keeps it.
    public var acceptsStale: Duration?

    /// Whether what the primary answers is put in the cache.
    ///
    /// If not, a miss asks the primary by a call of its own.
    public var fillsCache: Bool

    /// How long the entry lives that this read fills, if it fills one; `nil` to leave it at the
    /// policy's.
    ///
    /// Somebody who is loading the entity already fills it for as long as *his* options say.
    public var timeToLive: Duration?

    /// Creates options; those not given are the policy's.
    public init(
        source: Source = .cacheFirst, acceptsStale: Duration? = nil, fillsCache: Bool = true,
        timeToLive: Duration? = nil
    ) {
        self.source = source
        self.acceptsStale = acceptsStale
        self.fillsCache = fillsCache
        self.timeToLive = timeToLive
    }

    /// The cache and nobody else.
    public static let onlyIfCached = Self(source: .cacheOnly)
    /// The primary, and its answer replaces what the cache has.
    public static let reload = Self(source: .reload)
    /// The primary alone.
    public static let bypass = Self(source: .primaryOnly)
    /// The cache, then the primary, whose answer is not put in the cache.
    public static let withoutFilling = Self(fillsCache: false)
}

extension CacheReadOptions {
    /// The policy as this read has it.
    func applied(to policy: CachePolicy) -> CachePolicy {
        var policy = policy
        policy.timeToLive = timeToLive ?? policy.timeToLive
        return policy
    }

    /// Refuses what can never be right.
    func check() throws(StorageError) {
        guard let time = [acceptsStale, timeToLive].compactMap({ $0 }).min(), time < .zero else {
            return
        }
        throw StorageError(
            code: .invalidArgument, message: "acceptsStale and timeToLive cannot be negative",
            operation: "get")
    }
}
