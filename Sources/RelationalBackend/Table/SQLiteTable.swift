public import StorageKit

/// A table as a `Repository` of `Codable` entities.
///
/// ```swift
/// struct Todo: Codable, Identifiable, Sendable { var id: Int; var title: String; var done: Bool }
///
/// let todos = SQLiteTable<Todo>("todo", in: database)
/// try await todos.insert(Todo(id: 1, title: "Water the plants", done: false))
/// ```
///
/// The entity's coding keys are the columns. A property that is a `Codable` type of its own, an
/// array or a struct, is kept as JSON text, `[UInt8]` as bytes; `nil` is NULL. The table may have
/// further columns with defaults, which are left alone. It must exist, with the key column as its
/// primary key or unique.
///
/// Text keys are compared byte by byte: two texts that Swift calls equal but writes with different
/// code points, as composed and decomposed accents, are two keys. Normalise such keys before you
/// use them; a cache in front of the table takes Swift's word.
///
/// The order of a scan is SQLite's: numbers by value, text byte by byte (unless the column has
/// another collation). ``get(_:)-([ID])`` is one snapshot. Each call is one hop to a connection's
/// thread, or none for a `get` that is done in place.
public struct SQLiteTable<Entity: Codable & Identifiable & Sendable>: Repository
where Entity.ID: SQLConvertible {
    /// How much one call may carry.
    public var limits: RepositoryLimits {
        RepositoryLimits(maximumBatchSize: 10_000, maximumPageSize: 10_000)
    }

    /// The table's name.
    public let name: String
    /// The column of the identifier.
    public let key: String

    let database: SQLiteDatabase
    let statements: SQLiteTableStatements

    /// Describes a table; asks nobody.
    ///
    /// - Parameters:
    ///   - name: The table.
    ///   - database: Where it is.
    ///   - key: The column that holds ``Swift/Identifiable/id``.
    public init(_ name: String, in database: SQLiteDatabase, key: String = "id") {
        self.name = name
        self.key = key
        self.database = database
        statements = SQLiteTableStatements(name: name, key: key)
    }

    // MARK: Reading

    /// The entity with this identifier, or `nil` when there is none.
    ///
    /// Tried on the caller's thread first, see ``SQLiteConfiguration/inPlaceReads``.
    public func get(_ id: Entity.ID) async throws(StorageError) -> Entity? {
        try await run("get") { () throws(StorageError) in
            let select = try selection(of: id)
            return try await database.lookUp { (session) throws(StorageError) in
                try session.readStatement { (connection) throws(StorageError) in
                    try connection.first(select, .codable())
                }
            }
        }
    }

    /// The entities with these identifiers, those that exist, all as of the same moment.
    ///
    /// A few are tried on the caller's thread first, see ``SQLiteConfiguration/inPlaceReads``.
    public func get(_ ids: [Entity.ID]) async throws(StorageError) -> [Entity.ID: Entity] {
        guard !ids.isEmpty else { return [:] }
        return try await run("get") { () throws(StorageError) in
            try limits.checkBatch(count: ids.count)
            let read = { @Sendable (session: SQLiteSession) throws(StorageError) in
                try session.snapshot { (connection) throws(StorageError) in
                    try find(ids, with: connection)
                }
            }
            return ids.count <= SQLiteInPlaceLimits.maximumLookups
                ? try await database.lookUp(read) : try await database.readingWorkers().run(read)
        }
    }

    /// The next entities in the order of the key column, by a search in its index.
    public func scan(
        after id: Entity.ID?, limit: Int
    ) async throws(StorageError) -> Page<Entity, Entity.ID> {
        try await run("scan") { () throws(StorageError) in
            try limits.checkPage(limit: limit)
            let page = try page(after: id, limit: limit)
            let entities = try await database.readingWorkers().run {
                (session) throws(StorageError) in
                try session.readStatement { (connection) throws(StorageError) in
                    try connection.all(page, SQLiteRowShape<Entity>.codable(), limit: limit)
                }
            }
            return Page(entities, limit: limit)
        }
    }

    private func selection(of id: Entity.ID) throws(StorageError) -> RenderedSQL {
        RenderedSQL(text: try statements.byKey().select, parameters: [.value(try id.sqlValue)])
    }

    private func page(after id: Entity.ID?, limit: Int) throws(StorageError) -> RenderedSQL {
        let limit = RenderedSQL.Parameter.value(.integer(Int64(limit)))
        let texts = try statements.byKey()
        guard let id else { return RenderedSQL(text: texts.firstPage, parameters: [limit]) }
        return RenderedSQL(text: texts.nextPage, parameters: [.value(try id.sqlValue), limit])
    }

    /// One cached statement for each identifier: a lookup by key is what SQLite does in a
    /// microsecond, and a list in the text would be another statement for each length.
    private func find(
        _ ids: [Entity.ID], with connection: SQLiteConnection
    ) throws(StorageError) -> [Entity.ID: Entity] {
        var found: [Entity.ID: Entity] = [:]
        for id in ids where found[id] == nil {
            found[id] = try connection.first(try selection(of: id), .codable())
        }
        return found
    }

    /// Runs a call under its own name and the table's, and says of a clash whether it was the
    /// key's.
    func run<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            try HeldConnection.check(database)
            return try await body()
        } catch {
            throw keyed(error).renamed(
                operation: operation, store: "\(database.location) table \(name)")
        }
    }

    /// The error with the code that fits this table's key.
    ///
    /// The key may be another column than the primary key; then a clash in the primary key is not
    /// one of identifiers, and one in a unique column may be. SQLite names the columns only in the
    /// message.
    private func keyed(_ error: StorageError) -> StorageError {
        guard error.message.hasPrefix("UNIQUE constraint failed: ") else { return error }
        // Names are the same to SQL in any case.
        let isKey = error.message.lowercased()
            .hasPrefix("unique constraint failed: \(name).\(key);".lowercased())
        return error.changed {
            $0.code = isKey ? .alreadyExists : .constraintViolation
            $0.message =
                isKey
                ? "a row with this key exists; use replace or upsert"
                : String($0.message.prefix { $0 != ";" }) + "; another row has these values"
        }
    }
}
