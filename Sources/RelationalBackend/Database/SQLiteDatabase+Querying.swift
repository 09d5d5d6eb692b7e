public import StorageKit

// Questions of a single statement: one hop each, or none for a lookup. A statement that writes and
// returns rows goes to the writer.
extension SQLiteDatabase {
    /// The rows of a statement, one by one, however many there are.
    ///
    /// One reader is held from the first row to the last, and sees the snapshot of the first. A
    /// statement that writes is committed when its last row has been fetched, and rolled back when
    /// the loop is left before.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) -> RelationalRows<Row> {
        RelationalRows { SQLiteStoreRows(self, sql, .codable()) }
    }

    /// The rows of a statement as tuples, one by one, however many there are.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) -> RelationalRows<(First, Second, repeat each Column)> {
        RelationalRows { SQLiteStoreRows(self, sql, .tuple()) }
    }

    /// All rows of a statement, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more; the statement has then
    ///   changed nothing.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await query(sql, as: type, limit: limit, isLookup: false)
    }

    /// All rows of a statement as tuples, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more; the statement has then
    ///   changed nothing.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await query(sql, as: type, limit: limit, isLookup: false)
    }

    /// The first row of a statement, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) async throws(StorageError) -> Row? {
        try await first(sql, as: type, isLookup: false)
    }

    /// The first row of a statement as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await first(sql, as: type, isLookup: false)
    }
}
