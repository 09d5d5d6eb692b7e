/// An entity read through a cache, and where it came from.
public struct CachedRead<Entity: Sendable>: Sendable {
    /// Where an entity came from.
    public enum Source: Hashable, Sendable {
        /// The cache had it.
        case cache
        /// The primary was asked for this call.
        case primary
        /// Somebody else was loading it, and this call waited with them.
        case joined
        /// The cache had a stale one that the policy allows.
        case stale
        /// Nowhere: the cache had none, and nobody else was to be asked.
        case notAsked
    }

    /// The entity, or `nil` when there is none.
    public var entity: Entity?
    /// Where it came from.
    public var source: Source

    /// Creates a result.
    @inlinable
    public init(entity: Entity?, source: Source) {
        self.entity = entity
        self.source = source
    }
}

extension CachedRead: Equatable where Entity: Equatable {}
