/// A table of any relational database as a `Repository` of `Codable` entities.
///
/// ```swift
/// struct Todo: Codable, Identifiable, Sendable { var id: Int; var title: String; var done: Bool }
///
/// let todos = TableRepository("todo", of: Todo.self, in: database)
/// try await todos.insert(Todo(id: 1, title: "Water the plants", done: false))
/// try await database.withTransaction { transaction in
///     try await todos.on(transaction).delete(1)
/// }
/// ```
///
/// The entity's coding keys are the columns, its values those of ``EncodedRow``. The table may have
/// further columns with defaults, which are left alone. It must exist, with the key column as its
/// primary key or unique.
///
/// ## Versions
///
/// If the entity is a ``VersionedEntity``, a change has to be made from the newest version:
///
/// | call | does |
/// |---|---|
/// | `insert` | stores the version that the entity carries |
/// | `replace` | the row must have the entity's version, and gets the next one; else `conflict` |
/// | `upsert` | one of the two, whichever fits |
/// | `delete(entity)` | the row must have the entity's version; else `conflict` |
/// | `delete(id)` | whatever the version |
///
/// So what `get` returns after a `replace` is the entity that was given but for its version, which
/// is one higher. Code that changes rows by statements of its own has to count the version up, or
/// it is not noticed.
///
/// ## What is the database's
///
/// The order of a scan is that of the key column. Text keys are equal or not as the column's
/// collation says, byte by byte unless it has another: two texts that Swift calls equal but writes
/// with different code points, as composed and decomposed accents, are two keys. Normalise such
/// keys before you use them; a cache in front of the table takes Swift's word.
///
/// ``get(_:)-([ID])`` is one statement, and so one snapshot. On a connection every call belongs to
/// the transaction that is open there.
public struct TableRepository<
    Database: UpsertQuerying, Entity: Codable & Identifiable & Sendable
>: Repository where Entity.ID: SQLConvertible {
    /// How much one call may carry.
    public var limits: RepositoryLimits {
        RepositoryLimits(maximumBatchSize: 10_000, maximumPageSize: 10_000)
    }

    /// The table's name.
    public var name: String { statements.name }
    /// The column of the identifier.
    public var key: String { statements.key }
    /// Where the table is.
    public let database: Database

    let statements: TableStatements
    /// The same database, if it wants to know which questions are lookups.
    private let lookups: (any LookupQuerying)?

    /// Describes a table; asks nobody.
    ///
    /// - Parameters:
    ///   - name: The table.
    ///   - entity: What its rows are.
    ///   - database: A store, or a connection of one.
    ///   - key: The column that holds ``Swift/Identifiable/id``.
    public init(
        _ name: String, of entity: Entity.Type = Entity.self, in database: Database,
        key: String = "id"
    ) {
        let version = (entity as? any VersionedEntity.Type)?.versionColumn
        self.init(TableStatements(name, key, version, database.dialect), database)
    }

    private init(_ statements: TableStatements, _ database: Database) {
        self.statements = statements
        self.database = database
        lookups = database as? any LookupQuerying
    }

    /// The same table on another connection to its database: inside a transaction.
    public func on<Other: UpsertQuerying>(
        _ connection: Other
    ) -> TableRepository<Other, Entity> {
        TableRepository<Other, Entity>(statements, connection)
    }

    // MARK: Reading

    /// The entity with this identifier, or `nil` when there is none: one `SELECT`.
    public func get(_ id: Entity.ID) async throws(StorageError) -> Entity? {
        try await run("get") { () throws(StorageError) in
            let select = SQL(text: try statements.byKey().select, [try id.sqlValue])
            guard let lookups else { return try await database.first(select, as: Entity.self) }
            return try await lookups.first(select, as: Entity.self, isLookup: true)
        }
    }

    /// The entities with these identifiers, those that exist, all as of the same moment: one
    /// `SELECT`.
    public func get(_ ids: [Entity.ID]) async throws(StorageError) -> [Entity.ID: Entity] {
        guard !ids.isEmpty else { return [:] }
        return try await run("get") { () throws(StorageError) in
            try limits.checkBatch(count: ids.count)
            let select = try selection(of: ids)
            let entities =
                if let lookups {
                    try await lookups.query(
                        select, as: Entity.self, limit: ids.count,
                        isLookup: ids.count <= Self.fewIdentifiers)
                } else {
                    try await database.query(select, as: Entity.self, limit: ids.count)
                }
            return Dictionary(entities.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The next entities in the order of the key column, by a search in its index: one `SELECT`.
    public func scan(
        after id: Entity.ID?, limit: Int
    ) async throws(StorageError) -> Page<Entity, Entity.ID> {
        try await run("scan") { () throws(StorageError) in
            try limits.checkPage(limit: limit)
            let page = try page(after: id, limit: limit)
            let entities = try await database.query(page, as: Entity.self, limit: limit)
            return Page(entities, limit: limit)
        }
    }

    /// So many searches by key are a lookup.
    private static var fewIdentifiers: Int { 16 }

    /// One statement for each power of two and not for each number, so that the database meets the
    /// same few texts again: the last identifier is asked for more than once.
    private func selection(of ids: [Entity.ID]) throws(StorageError) -> SQL {
        var values: [SQLValue] = []
        for id in Set(ids) { values.append(try id.sqlValue) }
        while !values.count.isPowerOfTwo { values.append(values[values.count - 1]) }
        return SQL(text: try statements.selecting(values.count), values)
    }

    private func page(after id: Entity.ID?, limit: Int) throws(StorageError) -> SQL {
        let limit = SQLValue.integer(Int64(limit))
        let texts = try statements.byKey()
        guard let id else { return SQL(text: texts.firstPage, [limit]) }
        return SQL(text: texts.nextPage, [try id.sqlValue, limit])
    }
}

extension SQL {
    /// A statement of the table's, with its values.
    init(text: String, _ values: [SQLValue]) {
        self.init(RenderedSQL(text: text, parameters: values.map(RenderedSQL.Parameter.value)))
    }
}

extension Int {
    /// Whether it has one bit.
    fileprivate var isPowerOfTwo: Bool { self > 0 && self & (self - 1) == 0 }
}
