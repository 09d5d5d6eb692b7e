public import StorageKit

/// The statements that a pipeline may have; its body is given one.
///
/// ```swift
/// let (account, entries, _) = try await database.pipeline {
///     (
///         $0.first("SELECT * FROM account WHERE id = \(id)", as: Account.self),
///         $0.query("SELECT * FROM entry WHERE account = \(id)", as: Entry.self, limit: 100),
///         $0.execute("UPDATE account SET seen = now() WHERE id = \(id)")
///     )
/// }
/// ```
public struct PostgresPipeline: Sendable {
    init() {}

    /// A statement whose rows, if it has any, are ignored.
    ///
    /// - Parameter sql: One statement.
    public func execute(_ sql: SQL) -> PostgresPipelined<PostgresChanges> {
        PostgresPipelined<PostgresChanges>(sql: sql, demand: .none) {
            (result, _) throws(StorageError) in PostgresChanges(result.tag)
        }
    }

    /// The first row of a statement, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    @inlinable
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) -> PostgresPipelined<Row?> {
        first(sql, .codable())
    }

    /// The first row of a statement as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    @inlinable
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) -> PostgresPipelined<(First, Second, repeat each Column)?> {
        first(sql, .tuple())
    }

    /// All rows of a statement, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, and the pipeline has changed nothing.
    @inlinable
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int
    ) -> PostgresPipelined<[Row]> {
        query(sql, .codable(), limit)
    }

    /// All rows of a statement as tuples, `limit` at the most.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - limit: More rows than this are an error, and the pipeline has changed nothing.
    @inlinable
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int
    ) -> PostgresPipelined<[(First, Second, repeat each Column)]> {
        query(sql, .tuple(), limit)
    }

    @usableFromInline
    func first<Row>(
        _ sql: SQL, _ form: PostgresRowForm<Row>
    ) -> PostgresPipelined<Row?> {
        PostgresPipelined<Row?>(sql: sql, demand: .first) {
            (result, statement) throws(StorageError) in
            try form.rows(of: result, statement).first
        }
    }

    @usableFromInline
    func query<Row>(
        _ sql: SQL, _ form: PostgresRowForm<Row>, _ limit: Int
    ) -> PostgresPipelined<[Row]> {
        PostgresPipelined<[Row]>(sql: sql, demand: .upTo(max(0, limit))) {
            (result, statement) throws(StorageError) in
            try form.rows(of: result, statement)
        }
    }
}
