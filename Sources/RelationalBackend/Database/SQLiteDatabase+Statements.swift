public import StorageKit

// A single statement each, its own transaction: one hop, or none for a lookup.
extension SQLiteDatabase {
    /// Runs one statement that writes, as a transaction of its own.
    ///
    /// Statements that many tasks run at the same moment may share a commit: each is done or not
    /// done by itself, and none returns before the commit.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - sharesCommit: Whether it may share one. Say `false` for one that takes long, since
    ///     others would wait for it.
    /// - Returns: What it changed, after the commit.
    /// - Throws: ``StorageError/Code/invalidState`` for a `BEGIN` or `SAVEPOINT`, which would leave
    ///   a transaction open.
    @discardableResult
    public func execute(
        _ sql: SQL, sharesCommit: Bool = true
    ) async throws(StorageError) -> SQLiteChanges {
        try await named("execute") { () throws(StorageError) in
            let rendered = try sql.rendered(for: SQLiteDialect())
            return try await self.execute(rendered, sharesCommit: sharesCommit)
        }
    }

    /// The same for a statement whose text is at hand.
    @discardableResult
    func execute(
        _ rendered: RenderedSQL, sharesCommit: Bool = true
    ) async throws(StorageError) -> SQLiteChanges {
        let write = { @Sendable (session: SQLiteSession) throws(StorageError) in
            try session.writeStatement { (connection) throws(StorageError) in
                try connection.execute(rendered)
            }
        }
        return sharesCommit && rendered.mayShareCommit
            ? try await writer.runShared(write) : try await writer.run(write)
    }

    /// Runs any number of statements without parameters, for example a schema, all or none of them.
    ///
    /// They are in one transaction already, so the script has no `BEGIN` and no `COMMIT`. An error
    /// does not repeat the script.
    ///
    /// - Parameter script: Statements separated by semicolons, from the program and never from
    ///   outside.
    public func execute(script: String) async throws(StorageError) {
        try await named("execute") { () throws(StorageError) in
            try await self.writer.run { (session) throws(StorageError) in
                do { try session.write { try $0.execute(script: script) } } catch {
                    throw error as? StorageError ?? .unexpected(error)
                }
            }
        }
    }

    /// The first row of a statement that reads, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - isLookup: Whether it finds a few rows by an index; then it is tried on the caller's
    ///     thread first, see ``SQLiteConfiguration/inPlaceReads``.
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, isLookup: Bool = false
    ) async throws(StorageError) -> Row? {
        try await reading("first", isLookup: isLookup) { (connection) throws(StorageError) in
            try connection.first(sql, as: Row.self)
        }
    }

    /// The first row of a statement that reads, as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - isLookup: Whether it finds a few rows by an index; then it is tried on the caller's
    ///     thread first, see ``SQLiteConfiguration/inPlaceReads``.
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, isLookup: Bool = false
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await reading("first", isLookup: isLookup) { (connection) throws(StorageError) in
            try connection.first(sql, as: (First, Second, repeat each Column).self)
        }
    }

    /// All rows of a statement that reads, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    ///   - isLookup: Whether it finds a few rows by an index; then it is tried on the caller's
    ///     thread first, see ``SQLiteConfiguration/inPlaceReads``.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int = SQLiteConnection.defaultLimit,
        isLookup: Bool = false
    ) async throws(StorageError) -> [Row] {
        try await reading("query", isLookup: isLookup) { (connection) throws(StorageError) in
            try connection.query(sql, as: Row.self, limit: limit)
        }
    }

    /// All rows of a statement that reads, as tuples, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - limit: More rows than this are an error, not a shorter array.
    ///   - isLookup: Whether it finds a few rows by an index; then it is tried on the caller's
    ///     thread first, see ``SQLiteConfiguration/inPlaceReads``.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type,
        limit: Int = SQLiteConnection.defaultLimit,
        isLookup: Bool = false
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await reading("query", isLookup: isLookup) { (connection) throws(StorageError) in
            try connection.query(sql, as: (First, Second, repeat each Column).self, limit: limit)
        }
    }

    /// Runs a read that looks up a few rows: in place if it can be done there, else on a reader.
    ///
    /// - Parameter body: Reads, and nothing else; it may be run more than once.
    func lookUp<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteSession) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        if Task.isCancelled { throw .cancelled() }
        guard let inPlaceReaders else { return try await readingWorkers().run(body) }
        switch inPlaceReaders.attempt(body) {
        case .done(let value):
            return value
        case .elsewhere(let prepares):
            return try await readingWorkers().run { (session) throws(StorageError) in
                let value = try body(session)
                if prepares { inPlaceReaders.prepare(body) }
                return value
            }
        }
    }

    private func reading<Value: Sendable>(
        _ operation: String, isLookup: Bool,
        _ body: @escaping @Sendable (SQLiteConnection) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await named(operation) { () throws(StorageError) in
            let read = { @Sendable (session: SQLiteSession) throws(StorageError) in
                try session.readStatement(body)
            }
            return isLookup
                ? try await self.lookUp(read) : try await self.readingWorkers().run(read)
        }
    }
}
