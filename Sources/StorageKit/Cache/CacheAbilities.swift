/// What a ``CachedRepository`` can do besides, because of what its cache, its primary or its
/// entities can: `nil` where it was not asked for.
///
/// Each is a function that knows the capability, so that the repository's type need not. Only
/// extensions for types with the capability set them.
@usableFromInline
struct CacheAbilities<Key: Hashable & Sendable, ID: Sendable, Entity: Sendable>: Sendable {
    /// A number from 0 to below 1.
    @usableFromInline
    var random: @Sendable () -> Double = { Double.random(in: 0..<1) }
    /// The version that an entity carries.
    @usableFromInline
    var version: (@Sendable (Entity) -> CacheVersion?)?
    /// What the primary holds after a write of the entity.
    @usableFromInline
    var written: (@Sendable (Entity, CachedWrite) -> Entity?)?
    /// Tells the cache of committed versions.
    @usableFromInline
    var record: (@Sendable ([CacheWrite<Key, Entity>]) async throws(StorageError) -> Void)?
    /// The tags of an entity.
    @usableFromInline
    var tags: (@Sendable (Entity) -> Set<CacheTag>)?
    /// Reads an entity unless it has this version.
    @usableFromInline
    var revalidate:
        (@Sendable (ID, CacheVersion) async throws(StorageError) -> ConditionalRead<Entity>)?
    /// Sets barriers, and returns what ends them.
    @usableFromInline
    var bar: (@Sendable ([Key]) async throws(StorageError) -> Bars)?

    /// Ends the barriers of some keys and leaves these entries behind where that is safe.
    @usableFromInline
    typealias Bars = @Sendable ([Key: CacheEntry<Entity>]) async throws(StorageError) -> Void

    @usableFromInline
    init() {}
}
