/// The nodes of a label as a `Repository` of entities with identifiers of their own.
///
/// ```swift
/// struct Person: GraphNodeEntity, Identifiable {
///     static let label: GraphLabel = "Person"
///     var id: Int
///     var name: String
/// }
///
/// let people = GraphRepository(of: Person.self, in: store)
/// try await store.apply(store.indexPlan([people.index]))
/// try await people.insert(Person(id: 1, name: "Ada"))
/// ```
///
/// The entity's ``Swift/Identifiable/id`` is a property of its node, and ``index`` finds it.
/// Nothing makes that index by itself: without one, each call throws
/// ``StorageError/Code/missingIndex``.
///
/// ## What becomes of the node
///
/// ``replace(_:)`` and ``upsert(_:)`` keep the node, with its relationships and its other labels,
/// and make its properties those of the entity, and no others. ``delete(_:)`` refuses a node that
/// has relationships (``StorageError/Code/constraintViolation``), as a table refuses a row that
/// others refer to; `detachesOnDelete` lets the relationships go with it.
///
/// ## What is the store's
///
/// Each write is one transaction: it is looked for the node, and written, at one moment. The order
/// of a scan is that of ``GraphValue/sorted(before:)``. Two texts that Swift calls equal but writes
/// with different code points are two identifiers; normalise such identifiers before you use them.
public struct GraphRepository<
    Store: TransactionalGraphStore & GraphLookup, Entity: GraphNodeEntity & Identifiable
>: Repository
where Store.Transaction: GraphLookup, Entity.ID: GraphValueConvertible {
    /// Where the nodes are.
    public let store: Store
    /// The property that has the identifier.
    public let key: PropertyKey
    /// Whether a node's relationships go with it.
    public let detachesOnDelete: Bool

    /// Describes a repository; asks nobody.
    ///
    /// - Parameters:
    ///   - entity: What its nodes are.
    ///   - store: Where they are.
    ///   - key: The property that the entity codes its identifier as.
    ///   - detachesOnDelete: Whether a node's relationships go with it; otherwise a node that has
    ///     some is not deleted.
    public init(
        of entity: Entity.Type = Entity.self, in store: Store, key: PropertyKey = "id",
        detachesOnDelete: Bool = false
    ) {
        self.store = store
        self.key = key
        self.detachesOnDelete = detachesOnDelete
    }

    /// The index that it needs: by identifiers, in their order, each once.
    public var index: GraphIndex {
        GraphIndex(Entity.label, key, kind: .ordered, isUnique: true)
    }

    /// How much one call may carry.
    public var limits: RepositoryLimits {
        RepositoryLimits(
            maximumBatchSize: max(1, min(1_000, store.limits.maximumBatchSize)),
            maximumPageSize: max(1, min(1_000, store.limits.maximumPageSize)))
    }
}

// MARK: Reading

extension GraphRepository {
    /// The entity with this identifier, or `nil` when there is none: one round trip.
    public func get(_ id: Entity.ID) async throws(StorageError) -> Entity? {
        try await run("get") { () throws(StorageError) in
            guard let node = try await node(id, in: store) else { return nil }
            return try decode(node)
        }
    }

    /// The entities with these identifiers, those that exist: one round trip.
    public func get(_ ids: [Entity.ID]) async throws(StorageError) -> [Entity.ID: Entity] {
        guard !ids.isEmpty else { return [:] }
        return try await run("get") { () throws(StorageError) in
            try limits.checkBatch(count: ids.count)
            let values = Set(ids).map(\.graphValue)
            var entities: [Entity.ID: Entity] = [:]
            for node in try await store.nodes(
                labelled: Entity.label, where: key, isOneOf: values)
            {
                let entity = try decode(node)
                entities[entity.id] = entity
            }
            return entities
        }
    }

    /// The next entities in the store's order of identifiers: one round trip.
    public func scan(
        after id: Entity.ID?, limit: Int
    ) async throws(StorageError) -> Page<Entity, Entity.ID> {
        try await run("scan") { () throws(StorageError) in
            try limits.checkPage(limit: limit)
            let nodes = try await store.nodes(
                labelled: Entity.label, orderedBy: key, after: id?.graphValue, limit: limit)
            var entities: [Entity] = []
            entities.reserveCapacity(nodes.count)
            for node in nodes { entities.append(try decode(node)) }
            return Page(entities, limit: limit)
        }
    }
}

// MARK: Writing

extension GraphRepository {
    /// Stores an entity that is not there yet: one transaction.
    ///
    /// - Throws: ``StorageError/Code/alreadyExists`` when the identifier is taken,
    ///   ``StorageError/Code/constraintViolation`` when another unique index forbids the node.
    public func insert(_ entity: Entity) async throws(StorageError) {
        let properties = try encode(entity, "insert")
        try await write("insert") { transaction throws(StorageError) in
            guard try await node(entity.id, in: transaction) == nil else {
                throw Self.identifierTaken
            }
            try await transaction.createNode([Entity.label], properties)
        }
    }

    /// Stores an entity in place of the one with its identifier: one transaction.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none to replace,
    ///   ``StorageError/Code/constraintViolation`` when another unique index forbids the node.
    public func replace(_ entity: Entity) async throws(StorageError) {
        let properties = try encode(entity, "replace")
        try await write("replace") { transaction throws(StorageError) in
            guard try await replace(entity, properties, in: transaction) else {
                throw StorageError(
                    code: .notFound,
                    message: "no node has this identifier; use insert to create it or upsert to do "
                        + "either")
            }
        }
    }

    /// Stores an entity whether or not its identifier is taken: one transaction.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation`` when another unique index forbids it.
    public func upsert(_ entity: Entity) async throws(StorageError) {
        let properties = try encode(entity, "upsert")
        try await write("upsert") { transaction throws(StorageError) in
            guard try await !replace(entity, properties, in: transaction) else { return }
            try await transaction.createNode([Entity.label], properties)
        }
    }

    /// Removes the entity with this identifier: one transaction.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``StorageError/Code/constraintViolation`` when its node has relationships, and
    ///   they do not go with it.
    @discardableResult
    public func delete(_ id: Entity.ID) async throws(StorageError) -> Bool {
        try await write("delete") { transaction throws(StorageError) in
            guard let node = try await node(id, in: transaction) else { return false }
            return try await transaction.deleteNode(node.id, detaching: detachesOnDelete)
        }
    }

    /// Replaces the properties of the node with the entity's identifier, if there is one.
    private func replace(
        _ entity: Entity, _ properties: [PropertyKey: GraphValue], in transaction: Store.Transaction
    ) async throws(StorageError) -> Bool {
        guard let node = try await node(entity.id, in: transaction) else { return false }
        let update = GraphNodeUpdate(
            properties.mapValues(Optional.some), replacingProperties: true)
        return try await transaction.updateNode(node.id, update)
    }
}
