/// A collection of any document store as a `Repository` of `Codable` entities.
///
/// ```swift
/// struct Todo: Codable, Identifiable, Sendable {
///     enum CodingKeys: String, CodingKey { case id = "_id", title, done }
///     var id: Int
///     var title: String
///     var done: Bool
/// }
///
/// let todos = DocumentRepository("todos", of: Todo.self, in: store)
/// try await todos.insert(Todo(id: 1, title: "Water the plants", done: false))
/// ```
///
/// The entity encodes its ``Swift/Identifiable/id`` as `_id`, by a coding key for example; one that
/// does not is refused (``StorageError/Code/encodingFailed``). A write replaces the whole document,
/// with fields that the entity does not have.
///
/// ## What is the store's
///
/// The order of a scan is that of the identifiers, as the store orders values: numbers by what they
/// are worth, texts byte by byte. Two texts that Swift calls equal but writes with different code
/// points, as composed and decomposed accents, are two identifiers. Normalise such identifiers
/// before you use them; a cache in front of the collection takes Swift's word.
///
/// ``get(_:)-([ID])`` is one query. Whether it sees one moment is the store's to say.
public struct DocumentRepository<Store: DocumentStore, Entity: Codable & Identifiable & Sendable>:
    Repository
where Entity.ID: DocumentConvertible {
    /// How much one call may carry.
    public var limits: RepositoryLimits {
        RepositoryLimits(maximumBatchSize: 1_000, maximumPageSize: 1_000)
    }

    /// The collection, for everything that a repository does not have.
    public let collection: DocumentCollection<Store, Entity>

    /// Describes a repository; asks nobody.
    ///
    /// - Parameters:
    ///   - name: The collection.
    ///   - entity: What its documents are.
    ///   - store: Where it is.
    public init(_ name: String, of entity: Entity.Type = Entity.self, in store: Store) {
        collection = DocumentCollection(name, of: entity, in: store)
    }

    // MARK: Reading

    /// The entity with this identifier, or `nil` when there is none: one round trip.
    public func get(_ id: Entity.ID) async throws(StorageError) -> Entity? {
        try await run("get") { () throws(StorageError) in
            try await collection.first(Self.filter(id))
        }
    }

    /// The entities with these identifiers, those that exist: one query.
    ///
    /// One round trip, and one more for each further batch where they are larger than one of the
    /// store's.
    public func get(_ ids: [Entity.ID]) async throws(StorageError) -> [Entity.ID: Entity] {
        guard !ids.isEmpty else { return [:] }
        return try await run("get") { () throws(StorageError) in
            try limits.checkBatch(count: ids.count)
            let values = Set(ids).map(\.documentValue)
            let found = collection.find(.field(.id, .oneOf(values)), limit: values.count)
            var entities: [Entity.ID: Entity] = [:]
            for try await entity in found { entities[entity.id] = entity }
            return entities
        }
    }

    /// The next entities in the store's order of identifiers, by a search in their index.
    ///
    /// One round trip, and one more for each further batch where they are larger than one of the
    /// store's.
    public func scan(
        after id: Entity.ID?, limit: Int
    ) async throws(StorageError) -> Page<Entity, Entity.ID> {
        try await run("scan") { () throws(StorageError) in
            try limits.checkPage(limit: limit)
            var filter = DocumentFilter.all
            let keyset = try DocumentKeyset([], of: collection.name)
            if let id {
                filter = try keyset.filter(.all, after: keyset.cursor(after: [id.documentValue]))
            }
            var entities: [Entity] = []
            let query = DocumentQuery(filter, order: keyset.order, limit: limit)
            for try await entity in collection.find(query) { entities.append(entity) }
            return Page(entities, limit: limit)
        }
    }

    // MARK: Writing

    /// Stores an entity that is not there yet: one round trip.
    ///
    /// - Throws: ``StorageError/Code/alreadyExists`` when the identifier is taken,
    ///   ``StorageError/Code/constraintViolation`` when a unique index forbids the document.
    public func insert(_ entity: Entity) async throws(StorageError) {
        try await run("insert") { () throws(StorageError) in
            _ = try await documents.insert(encode(entity))
        }
    }

    /// Stores an entity in place of the one with its identifier: one round trip.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none to replace,
    ///   ``StorageError/Code/constraintViolation`` when a unique index forbids the document.
    public func replace(_ entity: Entity) async throws(StorageError) {
        try await run("replace") { () throws(StorageError) in
            let document = try encode(entity)
            guard try await documents.replace(Self.filter(entity.id), with: document) else {
                throw .noDocumentToReplace
            }
        }
    }

    /// Stores an entity whether or not its identifier is taken: one round trip, and another where
    /// somebody inserts the same identifier at that moment.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation`` when a unique index forbids it.
    public func upsert(_ entity: Entity) async throws(StorageError) {
        try await run("upsert") { () throws(StorageError) in
            let document = try encode(entity)
            // A server that finds no document inserts one; another call may have been faster by
            // then, whose document is there to be replaced.
            for _ in 0..<Self.upsertAttempts {
                do throws(StorageError) {
                    _ = try await documents.upsert(Self.filter(entity.id), with: document)
                    return
                } catch {
                    guard error.isOfIdentifier else { throw error }
                }
            }
            _ = try await documents.upsert(Self.filter(entity.id), with: document)
        }
    }

    /// Removes the entity with this identifier: one round trip.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func delete(_ id: Entity.ID) async throws(StorageError) -> Bool {
        try await run("delete") { () throws(StorageError) in
            try await documents.deleteOne(Self.filter(id))
        }
    }

    // MARK: Inside

    private var documents: DocumentCollection<Store, Document> {
        DocumentCollection(collection.name, in: collection.store)
    }

    private static var upsertAttempts: Int { 3 }

    private static func filter(_ id: Entity.ID) -> DocumentFilter {
        .field(.id, .equal(id.documentValue))
    }

    /// The document of an entity, which has to be found by the entity's identifier.
    private func encode(_ entity: Entity) throws(StorageError) -> Document {
        let document = try DocumentEncoder().encode(entity)
        guard let id = document[DocumentPath.id.text], id.isEqual(to: entity.id.documentValue)
        else {
            throw StorageError(
                code: .encodingFailed,
                message: "\(Entity.self) does not encode its id as \"_id\"; give it a coding key: "
                    + "case id = \"_id\"")
        }
        return document
    }

    /// Runs a call under its own name and the collection's, and says of a clash whether it was the
    /// identifier's.
    private func run<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            return try await body()
        } catch {
            let store = [error.store, "collection \(collection.name)"].compactMap(\.self)
            throw error.ofUniqueness.renamed(
                operation: operation, store: store.joined(separator: " "))
        }
    }
}

extension StorageError {
    fileprivate static var noDocumentToReplace: StorageError {
        StorageError(
            code: .notFound,
            message: "no document has this identifier; use insert to create it or upsert to do "
                + "either")
    }

    /// Whether it is that of an identifier that is taken.
    fileprivate var isOfIdentifier: Bool {
        code == .alreadyExists && constraint?.kind == .primaryKey
    }

    /// The error, and if it is one of another unique value than the identifier, as a broken rule.
    fileprivate var ofUniqueness: StorageError {
        guard code == .alreadyExists, let constraint, constraint.kind != .primaryKey else {
            return self
        }
        return changed {
            $0.code = .constraintViolation
            $0.message =
                "another document has the same value in "
                + (constraint.columns.isEmpty
                    ? "a unique index" : constraint.columns.joined(separator: ", "))
        }
    }
}
