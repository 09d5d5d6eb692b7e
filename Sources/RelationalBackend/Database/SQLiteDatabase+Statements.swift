public import StorageKit

// A single statement each: one hop, its own transaction.
extension SQLiteDatabase {
    /// Runs one statement that writes, as a transaction of its own.
    ///
    /// - Returns: What it changed, after the commit.
    /// - Throws: ``StorageError/Code/invalidState`` for a `BEGIN` or `SAVEPOINT`, which would leave
    ///   a transaction open.
    @discardableResult
    public func execute(_ sql: SQL) async throws(StorageError) -> SQLiteChanges {
        try await named("execute") { () throws(StorageError) in
            try await self.writer.run { (session) throws(StorageError) in
                try session.writeStatement { (connection) throws(StorageError) in
                    try connection.execute(sql)
                }
            }
        }
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
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) async throws(StorageError) -> Row? {
        try await reading("first") { (connection) throws(StorageError) in
            try connection.first(sql, as: Row.self)
        }
    }

    /// The first row of a statement that reads, as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await reading("first") { (connection) throws(StorageError) in
            try connection.first(sql, as: (First, Second, repeat each Column).self)
        }
    }

    /// All rows of a statement that reads, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int = SQLiteConnection.defaultLimit
    ) async throws(StorageError) -> [Row] {
        try await reading("query") { (connection) throws(StorageError) in
            try connection.query(sql, as: Row.self, limit: limit)
        }
    }

    /// All rows of a statement that reads, as tuples, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type,
        limit: Int = SQLiteConnection.defaultLimit
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await reading("query") { (connection) throws(StorageError) in
            try connection.query(sql, as: (First, Second, repeat each Column).self, limit: limit)
        }
    }

    /// Runs several statements that read in one snapshot.
    func snapshot<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do { return try await read(body) } catch {
            throw error as? StorageError ?? .unexpected(error)
        }
    }

    private func reading<Value: Sendable>(
        _ operation: String,
        _ body: @escaping @Sendable (SQLiteConnection) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await named(operation) { () throws(StorageError) in
            let workers = try await self.readingWorkers()
            return try await workers.run { (session) throws(StorageError) in
                try session.readStatement(body)
            }
        }
    }
}
