/// What a cache keeps under a key.
public struct CacheEntry<Value: Sendable>: Sendable {
    /// The value; `nil` when what is known is that the primary has none.
    ///
    /// Caches keep such an entry like any other.
    public var value: Value?

    /// How much longer the entry lives.
    ///
    /// When publishing: the time to live, `nil` for the cache's own default. In an answer: what is
    /// left of it, `nil` for an entry without end.
    public var timeToLive: Duration?

    /// How much longer the entry is fresh; `nil` for as long as it lives.
    ///
    /// An entry that is no longer fresh is *stale*: caches keep it and hand it out like any other,
    /// and what a reader does with it is the reader's policy. In an answer of a stale entry it is
    /// zero or less.
    public var freshFor: Duration?

    /// The version of the entity in the primary, where it has one.
    ///
    /// Of two entries of a key the one with the newer version stays.
    public var version: CacheVersion?

    /// What the entry can be invalidated by besides its key, in a ``TaggedCache``.
    ///
    /// A cache that is none ignores them: only who knows that it has one can set them.
    public var tags: Set<CacheTag>

    /// Creates an entry.
    @inlinable
    public init(
        _ value: Value?, timeToLive: Duration? = nil, freshFor: Duration? = nil,
        version: CacheVersion? = nil, tags: Set<CacheTag> = []
    ) {
        self.value = value
        self.timeToLive = timeToLive
        self.freshFor = freshFor
        self.version = version
        self.tags = tags
    }

    /// Whether it lives longer than it is fresh and is not fresh any more.
    @inlinable
    public var isStale: Bool { freshFor.map { $0 <= .zero } ?? false }

    /// Whether it is fresh for longer than this; for any `nil` at all it is not.
    @inlinable
    public func isFresh(for demanded: Duration?) -> Bool {
        guard let demanded else { return false }
        guard let left = freshFor ?? timeToLive else { return true }
        return left > demanded
    }
}

extension CacheEntry: Equatable where Value: Equatable {}
