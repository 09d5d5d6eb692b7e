/// Whatever SQL statements can be run on: a store, or a connection of one that a task holds.
///
/// Write code that runs statements against `some RelationalQuerying`, and it works by itself and
/// inside a transaction:
///
/// ```swift
/// func balance(of id: Int, on database: some RelationalQuerying) async throws -> Int? {
///     try await database.first("SELECT balance FROM account WHERE id = \(id)", as: Int.self)
/// }
/// ```
///
/// ## What must appear true
///
/// * On a store each statement is a transaction of its own: it happens entirely or not at all, and
///   a call that returned is committed, as durably as the store's configuration says.
/// * On a connection a statement belongs to the transaction that is open there.
/// * A read sees what was committed before it began; on a connection, also what was written there.
/// * A statement that throws has changed nothing, unless the error's
///   ``StorageError/mayHaveBeenApplied`` is true.
/// * Values reach the database as parameters, never as text.
///
/// ## Rows
///
/// Every question comes in two forms: one for a `Codable` type (a struct is filled by the names of
/// the columns, bound once a statement; a single value comes from the only column), and one for a
/// tuple with an element for each column, in their order. A row that does not fit throws
/// ``StorageError/Code/decodingFailed``; nothing is converted in silence, see ``SQLColumn``.
///
/// A statement that writes and has `RETURNING` may be asked as a question as well.
///
/// ## What is not promised
///
/// Anything about SQL that the databases write differently: a statement's text is the caller's. The
/// typed queries are the portable ones.
public protocol RelationalQuerying: Sendable {
    /// What a statement changed.
    associatedtype Changes: RelationalChanges

    /// How the database writes what SQL leaves open.
    var dialect: any SQLDialect { get }

    /// Runs one statement to its end and ignores its rows, if it has any.
    ///
    /// One round trip.
    @discardableResult
    func execute(_ sql: SQL) async throws(StorageError) -> Changes

    /// The rows of a statement, one by one, however many there are.
    ///
    /// Nothing happens before the first row is asked for. Rows are fetched in batches ahead of the
    /// reader and no further: who stops reading stops the statement.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    func query<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) -> RelationalRows<Row>

    /// The rows of a statement as tuples, one by one, however many there are.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) -> RelationalRows<(First, Second, repeat each Column)>

    /// All rows of a statement, `limit` at the most.
    ///
    /// One round trip.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more; the statement has then
    ///   changed nothing.
    func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int
    ) async throws(StorageError) -> [Row]

    /// All rows of a statement as tuples, `limit` at the most.
    ///
    /// One round trip.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more; the statement has then
    ///   changed nothing.
    func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int
    ) async throws(StorageError) -> [(First, Second, repeat each Column)]

    /// The first row of a statement, or `nil` when there is none.
    ///
    /// One round trip.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) async throws(StorageError) -> Row?

    /// The first row of a statement as a tuple, or `nil` when there is none.
    ///
    /// One round trip.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) async throws(StorageError) -> (First, Second, repeat each Column)?
}
