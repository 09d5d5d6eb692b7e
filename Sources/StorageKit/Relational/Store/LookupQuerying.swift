/// A database that answers a lookup faster when it is told that it is one.
///
/// A lookup is a question that finds a few rows by an index. What is answered is the same with the
/// hint and without it.
public protocol LookupQuerying: RelationalQuerying {
    /// The first row of a statement, or `nil` when there is none.
    ///
    /// One round trip, or none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - isLookup: Whether it finds a few rows by an index.
    func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, isLookup: Bool
    ) async throws(StorageError) -> Row?

    /// All rows of a statement, `limit` at the most.
    ///
    /// One round trip, or none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    ///   - isLookup: Whether it finds a few rows by an index.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int, isLookup: Bool
    ) async throws(StorageError) -> [Row]
}
