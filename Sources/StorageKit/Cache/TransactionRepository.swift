/// A repository inside a transaction: its reads pass the cache by, its writes are noted.
///
/// ``CachedRepository/within(_:primary:)`` makes one. It is good as long as the transaction is:
/// writes after the end of ``CacheTransaction/run(_:)`` throw
/// ``StorageError/Code/invalidState``, and nothing is sent.
///
/// The round trips are those of the primary, and in the strict mode one to the cache for each
/// entity that is written for the first time.
public struct TransactionRepository<Primary: Repository>: Repository {
    /// What is stored.
    public typealias Entity = Primary.Entity
    /// What it is found by.
    public typealias ID = Primary.ID

    /// The store as the transaction sees it.
    public let primary: Primary

    let note: @Sendable (ID) async throws(StorageError) -> Void

    /// Those of the primary.
    public var limits: RepositoryLimits { primary.limits }

    /// The entity as the transaction sees it.
    public func get(_ id: ID) async throws(StorageError) -> Entity? { try await primary.get(id) }

    /// The entities as the transaction sees them.
    public func get(_ ids: [ID]) async throws(StorageError) -> [ID: Entity] {
        try await primary.get(ids)
    }

    /// Stores an entity that is not there yet.
    public func insert(_ entity: Entity) async throws(StorageError) {
        try await note(entity.id)
        try await primary.insert(entity)
    }

    /// Stores an entity in place of the one with its identifier.
    public func replace(_ entity: Entity) async throws(StorageError) {
        try await note(entity.id)
        try await primary.replace(entity)
    }

    /// Stores an entity whether or not its identifier is taken.
    public func upsert(_ entity: Entity) async throws(StorageError) {
        try await note(entity.id)
        try await primary.upsert(entity)
    }

    /// Removes the entity with this identifier.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func delete(_ id: ID) async throws(StorageError) -> Bool {
        try await note(id)
        return try await primary.delete(id)
    }

    /// The next entities as the transaction sees them.
    public func scan(after id: ID?, limit: Int) async throws(StorageError) -> Page<Entity, ID> {
        try await primary.scan(after: id, limit: limit)
    }

    /// Notes an entity that a statement of your own is about to write in the transaction.
    ///
    /// Call it before the statement.
    public func noteWrite(_ id: ID) async throws(StorageError) { try await note(id) }
}
