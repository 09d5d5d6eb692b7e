public import StorageKit

// Rows as structs and as tuples.
extension PostgresDatabase {
    /// All rows of a statement, `limit` at the most.
    ///
    /// One round trip; two for a statement that writes.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: `limitExceeded` when there are more; the statement has then changed nothing.
    @inlinable
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await rows(sql, .codable(), limit: limit)
    }

    /// All rows of a statement as tuples, `limit` at the most.
    ///
    /// One round trip; two for a statement that writes.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: `limitExceeded` when there are more; the statement has then changed nothing.
    @inlinable
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await rows(sql, .tuple(), limit: limit)
    }

    /// The first row of a statement, or `nil` when there is none.
    ///
    /// One round trip. The server sends all rows, so end the statement with `LIMIT 1` where there
    /// may be many.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    @inlinable
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) async throws(StorageError) -> Row? {
        try await first(sql, .codable())
    }

    /// The first row of a statement as a tuple, or `nil` when there is none.
    ///
    /// One round trip. The server sends all rows, so end the statement with `LIMIT 1` where there
    /// may be many.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    @inlinable
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await first(sql, .tuple())
    }

    /// The rows of a statement, one by one, however many there are.
    ///
    /// A connection is held from the first row to the last. The server sends them as fast as they
    /// are taken, and no faster. A statement that writes is committed with its last row, and undone
    /// when the reader leaves before.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    @inlinable
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) -> RelationalRows<Row> {
        rows(sql, .codable())
    }

    /// The rows of a statement as tuples, one by one, however many there are.
    ///
    /// A connection is held from the first row to the last. The server sends them as fast as they
    /// are taken, and no faster. A statement that writes is committed with its last row, and undone
    /// when the reader leaves before.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    @inlinable
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) -> RelationalRows<(First, Second, repeat each Column)> {
        rows(sql, .tuple())
    }
}
