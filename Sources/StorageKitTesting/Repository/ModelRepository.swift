public import StorageKit
import Synchronization

/// The contract of `Repository` as a program: a dictionary behind one lock.
///
/// It is the reference that other stores are compared with, so it is strict (every misuse throws)
/// and simple enough to be seen to be right. It never suspends.
public final class ModelRepository<Entity: Identifiable & Sendable>: Repository
where Entity.ID: Sendable {
    /// What an entity is found by.
    public typealias ID = Entity.ID

    /// How much one call may carry; small ones make tests of limits cheap.
    public let limits: RepositoryLimits

    private let precedes: @Sendable (ID, ID) -> Bool
    private let entities = Mutex<[ID: Entity]>([:])

    /// Creates an empty model.
    ///
    /// - Parameters:
    ///   - limits: How much one call may carry.
    ///   - precedes: The order that scans go in, a strict total order of the identifiers.
    public init(
        limits: RepositoryLimits = .init(maximumBatchSize: 100, maximumPageSize: 100),
        orderedBy precedes: @escaping @Sendable (ID, ID) -> Bool
    ) {
        self.limits = limits
        self.precedes = precedes
    }

    /// The entity with this identifier, in constant time.
    public func get(_ id: ID) async throws(StorageError) -> Entity? {
        try checkCancellation("get")
        return entities.withLock { $0[id] }
    }

    /// The entities with these identifiers, in constant time for each.
    public func get(_ ids: [ID]) async throws(StorageError) -> [ID: Entity] {
        try limits.checkBatch(count: ids.count)
        try checkCancellation("get")
        return entities.withLock { entities in ids.reduce(into: [:]) { $0[$1] = entities[$1] } }
    }

    /// Stores an entity that is not there yet, in constant time.
    public func insert(_ entity: Entity) async throws(StorageError) {
        try checkCancellation("insert")
        let isNew = entities.withLock { entities in
            guard entities[entity.id] == nil else { return false }
            entities[entity.id] = entity
            return true
        }
        if !isNew { throw Self.taken }
    }

    /// Stores an entity in place of the one with its identifier, in constant time.
    public func replace(_ entity: Entity) async throws(StorageError) {
        try checkCancellation("replace")
        let wasThere = entities.withLock { entities in
            guard entities[entity.id] != nil else { return false }
            entities[entity.id] = entity
            return true
        }
        if !wasThere { throw Self.absent }
    }

    /// Stores an entity whether or not its identifier is taken, in constant time.
    public func upsert(_ entity: Entity) async throws(StorageError) {
        try checkCancellation("upsert")
        entities.withLock { $0[entity.id] = entity }
    }

    /// Removes the entity with this identifier, in constant time.
    @discardableResult
    public func delete(_ id: ID) async throws(StorageError) -> Bool {
        try checkCancellation("delete")
        return entities.withLock { $0.removeValue(forKey: id) != nil }
    }

    /// The next entities in order.
    ///
    /// It sorts everything that comes after, for simplicity: O(*n* log *n*), which a real store
    /// must not do.
    public func scan(after id: ID?, limit: Int) async throws(StorageError) -> Page<Entity, ID> {
        try limits.checkPage(limit: limit)
        try checkCancellation("scan")
        let rest = entities.withLock { entities in
            entities.values.filter { entity in id.map { precedes($0, entity.id) } ?? true }
        }
        let page = rest.sorted { precedes($0.id, $1.id) }.prefix(limit)
        return Page(Array(page), limit: limit)
    }
}

extension ModelRepository where Entity.ID: Comparable {
    /// Creates an empty model that scans in the order of `<`.
    public convenience init(
        limits: RepositoryLimits = .init(maximumBatchSize: 100, maximumPageSize: 100)
    ) {
        self.init(limits: limits) { $0 < $1 }
    }
}

extension ModelRepository {
    private func checkCancellation(_ operation: String) throws(StorageError) {
        if Task.isCancelled { throw .cancelled(operation: operation, store: "model") }
    }

    private static var taken: StorageError {
        StorageError(
            code: .alreadyExists,
            message: "an entity with this identifier exists; use replace or upsert",
            operation: "insert", store: "model")
    }

    private static var absent: StorageError {
        StorageError(
            code: .notFound,
            message: "no entity with this identifier exists; use insert or upsert",
            operation: "replace", store: "model")
    }
}
