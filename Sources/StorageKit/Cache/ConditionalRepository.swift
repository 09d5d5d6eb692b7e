/// A repository that need not send an entity to somebody who has it already.
///
/// ## What the store guarantees
///
/// Two entities with the same identifier and the same version are equal, for ever: each write gives
/// a version that this identifier never had, and one that was removed and comes back does not begin
/// at a version that it had before.
public protocol ConditionalRepository<Entity, ID>: Repository {
    /// The version that an entity carries.
    func version(of entity: Entity) -> CacheVersion

    /// The entity with this identifier, unless it has this version.
    ///
    /// One round trip, which does not carry the entity when it is unchanged.
    func get(
        _ id: ID, unlessVersion version: CacheVersion
    ) async throws(StorageError) -> ConditionalRead<Entity>
}
