public import StorageKit

// Questions that may be lookups, whose answer is there before a hop to a reader would have begun.
extension SQLiteDatabase {
    /// The first row of a statement, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - isLookup: Whether it finds a few rows by an index; then it is tried on the caller's
    ///     thread first, see ``SQLiteConfiguration/inPlaceReads``.
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, isLookup: Bool
    ) async throws(StorageError) -> Row? {
        try await asking("first", sql, isLookup: isLookup) {
            (connection, rendered) throws(StorageError) in
            try connection.first(rendered, .codable())
        }
    }

    /// The first row of a statement as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - isLookup: Whether it finds a few rows by an index; then it is tried on the caller's
    ///     thread first, see ``SQLiteConfiguration/inPlaceReads``.
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, isLookup: Bool
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await asking("first", sql, isLookup: isLookup) {
            (connection, rendered) throws(StorageError) in
            try connection.first(rendered, .tuple())
        }
    }

    /// All rows of a statement, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    ///   - isLookup: Whether it finds a few rows by an index; then it is tried on the caller's
    ///     thread first, see ``SQLiteConfiguration/inPlaceReads``.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int, isLookup: Bool
    ) async throws(StorageError) -> [Row] {
        try await asking("query", sql, isLookup: isLookup) {
            (connection, rendered) throws(StorageError) in
            try connection.all(rendered, .codable(), limit: limit)
        }
    }

    /// All rows of a statement as tuples, `limit` at the most.
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
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int, isLookup: Bool
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await asking("query", sql, isLookup: isLookup) {
            (connection, rendered) throws(StorageError) in
            try connection.all(rendered, .tuple(), limit: limit)
        }
    }

    /// Asks one statement: in place or on a reader, or on the writer when it changes rows.
    private func asking<Value: Sendable>(
        _ operation: String, _ sql: SQL, isLookup: Bool,
        _ body: @escaping @Sendable (SQLiteConnection, RenderedSQL) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await named(operation) { () throws(StorageError) in
            let rendered = try sql.rendered(for: SQLiteDialect())
            let question = { @Sendable (connection: SQLiteConnection) throws(StorageError) in
                try body(connection, rendered)
            }
            if rendered.mayReturnChanges {
                return try await self.writer.runShared { (session) throws(StorageError) in
                    try session.writeStatement(question)
                }
            }
            let read = { @Sendable (session: SQLiteSession) throws(StorageError) in
                try session.readStatement(question)
            }
            return isLookup
                ? try await self.lookUp(read) : try await self.readingWorkers().run(read)
        }
    }
}
