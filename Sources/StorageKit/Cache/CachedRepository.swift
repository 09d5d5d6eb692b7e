/// A repository that remembers what it read: any primary store behind any cache.
///
/// ```swift
/// let todos = CachedRepository(
///     primary: database, cache: InMemoryCache(capacity: 10_000),
///     namespace: "todo", timeToLive: .seconds(60))
/// let todo = try await todos.get(42)  // under the key todo:42
/// ```
///
/// It is a ``Repository`` itself and keeps that contract for all who use the same cache, as long as
/// every write goes through a `CachedRepository` or is followed by ``invalidate(_:)-(ID)``.
///
/// ## Reads
///
/// First the cache; then, if somebody is loading the entity already, their outcome; then the
/// primary. An outcome is put in the cache unless the entity was invalidated after its load had
/// begun (``Cache`` explains how), and however late it comes, nobody who asks after an invalidation
/// is given one from before it. A batch asks the cache once and the primary once, for what nobody
/// else is loading.
///
/// A load runs in a task of its own, with the priority and the task-local values of the reader who
/// began it. A reader that is cancelled returns at once and the load goes on for the others; it is
/// cancelled when nobody is left. An error of the primary reaches all who wait and is not
/// remembered, and neither is the absence of an entity. ``scan(after:limit:)`` goes to the primary
/// and fills nothing.
///
/// ## Writes
///
/// First the primary, then the invalidation, *whatever came of the write*: an error may hide a
/// write that happened, and one that certainly did not happen (`alreadyExists`, `notFound`) is
/// often a sign that somebody else's did. The invalidation is carried out even when the task is
/// cancelled.
///
/// One invalidation covers a write that had landed, or was lost, when its error came. A store that
/// reports ``StorageError/mayHaveBeenApplied`` for a write that is still on its way, and lands
/// after a reader has filled the entry again, leaves the older entity in the cache until it
/// expires: give entries over such a store a time to live. SQLite is none: its writes are over when
/// it throws.
///
/// ## When the cache fails
///
/// It is slower and not wrong. A read goes to the primary. A write returns what the primary said;
/// if the cache could not be told, the entity is *in doubt*: all readers in this process pass the
/// cache by for it until an invalidation, tried again before each of those reads, has succeeded.
/// Other processes that share the cache can be served the old entity until then, or until it
/// expires: give entries of a shared cache a time to live. ``CacheStatistics`` counts both kinds of
/// failure.
///
/// ## What the caller guarantees
///
/// * Different identifiers have different keys, and no other repository puts other entities under
///   the same keys of the same cache.
/// * Two layers, one on top of the other, have two caches: with one cache a load would wait for
///   itself.
public struct CachedRepository<Primary: Repository, CacheType: Cache>: Repository
where CacheType.Value == Primary.Entity {
    /// What is stored.
    public typealias Entity = Primary.Entity
    /// What it is found by.
    public typealias ID = Primary.ID

    /// The store that has the truth.
    public let primary: Primary
    /// What is asked first.
    public let cache: CacheType
    /// How long an entity stays in the cache; `nil` for the cache's default.
    public let timeToLive: Duration?

    @usableFromInline
    let key: @Sendable (ID) -> CacheType.Key

    /// Creates a repository whose keys are made by a function.
    ///
    /// - Parameters:
    ///   - primary: The store that has the truth.
    ///   - cache: What is asked first.
    ///   - timeToLive: How long an entity stays in the cache; `nil` for the cache's default.
    ///   - key: The key of an identifier; different ones for different identifiers.
    @inlinable
    public init(
        primary: Primary, cache: CacheType, timeToLive: Duration? = nil,
        key: @escaping @Sendable (ID) -> CacheType.Key
    ) {
        self.primary = primary
        self.cache = cache
        self.timeToLive = timeToLive
        self.key = key
    }

    /// Those of the primary.
    @inlinable
    public var limits: RepositoryLimits { primary.limits }
}

extension CachedRepository where CacheType.Key == Primary.ID {
    /// Creates a repository whose keys are the identifiers.
    @inlinable
    public init(primary: Primary, cache: CacheType, timeToLive: Duration? = nil) {
        self.init(primary: primary, cache: cache, timeToLive: timeToLive, key: { $0 })
    }
}

extension CachedRepository where CacheType.Key == String, Primary.ID: CustomStringConvertible {
    /// Creates a repository with keys like `todo:42`.
    ///
    /// - Parameters:
    ///   - primary: The store that has the truth.
    ///   - cache: What is asked first.
    ///   - namespace: What stands before the colon; tells repositories over one cache apart. Choose
    ///     namespaces without a colon, lest `a` with the identifier `b:1` be `a:b` with `1`.
    ///   - timeToLive: How long an entity stays in the cache; `nil` for the cache's default.
    @inlinable
    public init(
        primary: Primary, cache: CacheType, namespace: String, timeToLive: Duration? = nil
    ) {
        self.init(primary: primary, cache: cache, timeToLive: timeToLive) { id in
            "\(namespace):\(id.description)"
        }
    }
}
