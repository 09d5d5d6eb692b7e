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
/// | topic | where |
/// |---|---|
/// | how long, how stale, how patient | ``CachePolicy`` |
/// | one read that is different | ``CacheReadOptions`` |
/// | nobody sees the old value once somebody has seen the new one | ``strict()`` |
/// | caching what was written, lagging replicas | ``versioned()`` |
/// | reading again only what has changed | ``revalidatingByVersion()`` |
/// | invalidating what belongs together | ``tagged(by:)`` |
/// | several writes in one transaction | ``CacheTransaction`` |
/// | what contradicts itself | ``advice`` |
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
/// cancelled when nobody is left, unless it is a refresh in the background or somebody has left it
/// by a soft timeout. An error of the primary reaches all who wait and is not remembered, and
/// neither is the absence of an entity unless the policy says so. ``scan(after:limit:)`` goes to
/// the primary and fills nothing.
///
/// ## Writes
///
/// First the primary, then the invalidation, *whatever came of the write*: an error may hide a
/// write that happened, and one that certainly did not happen (`alreadyExists`, `notFound`) is
/// often a sign that somebody else's did. The invalidation is carried out even when the task is
/// cancelled.
///
/// A store that reports ``StorageError/mayHaveBeenApplied`` for a write may still be on its way to
/// carry it out, after the invalidation. So for ``CachePolicy/unknownWriteTime`` this process
/// passes the cache by for the entity, and invalidates it once more after that. Another process may
/// fill the shared cache in that time, and is served what it filled until then; in the strict mode
/// the barrier stays for its whole time and nobody fills. A write that lands even later is noticed
/// when the entry expires.
///
/// ## When the cache fails
///
/// It is slower and not wrong. A read goes to the primary. A write returns what the primary said;
/// if the cache could not be told, the entity is *in doubt*: all readers in this process pass the
/// cache by for it until an invalidation has succeeded. That is tried again before each of those
/// reads but by one reader at a time, and in the background, a hundred entities a call: after
/// pauses of 10 seconds at the most, and at once when the cache has answered anybody in this
/// process. Other processes that
/// share the cache can be served the old entity until then, or until it expires; a cache that fails
/// for an hour without a break is asked by readers alone, so give entries of a shared cache a time
/// to live. ``CacheStatistics`` counts both kinds of failure.
///
/// The task that does this keeps the cache alive until nothing is in doubt: for as long as
/// ``CachePolicy/unknownWriteTime`` has it held, and for an hour at the most while the cache fails.
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
    /// How long entities are kept, when they are read again, and how long readers wait.
    public let policy: CachePolicy

    @usableFromInline
    let key: @Sendable (ID) -> CacheType.Key
    @usableFromInline
    var abilities = CacheAbilities<CacheType.Key, ID, Entity>()

    /// Creates a repository whose keys are made by a function.
    ///
    /// A policy with values that can never be right, negative times or a jitter of 1, is a
    /// programming error and traps; what merely contradicts itself is ``advice``.
    ///
    /// - Parameters:
    ///   - primary: The store that has the truth.
    ///   - cache: What is asked first.
    ///   - policy: How long entities are kept, when they are read again, and how long readers wait.
    ///   - key: The key of an identifier; different ones for different identifiers.
    public init(
        primary: Primary, cache: CacheType, policy: CachePolicy = CachePolicy(),
        key: @escaping @Sendable (ID) -> CacheType.Key
    ) {
        let mistake = policy.mistake
        precondition(mistake == nil, "the cache's policy is wrong: \(mistake ?? "")")
        self.primary = primary
        self.cache = cache
        self.policy = policy
        self.key = key
    }

    /// Those of the primary.
    @inlinable
    public var limits: RepositoryLimits { primary.limits }

    /// What of the settings contradicts itself, or does not do what it seems to; asks nobody.
    public var advice: [CacheAdvice] {
        let surroundings = CachePolicy.Surroundings(
            isShared: cache.coordinator.isShared, isStrict: abilities.bar != nil,
            isVersioned: abilities.record != nil)
        return policy.advice(in: surroundings)
    }
}
