public import StorageKit

/// A table of a SQLite database as a `Repository` of `Codable` entities.
///
/// ```swift
/// let todos = SQLiteTable<Todo>("todo", in: database)
/// ```
///
/// It is `TableRepository`, whose documentation says what it promises. On SQLite each call is one
/// hop to a connection's thread, or none for a `get` that is done in place, see
/// ``SQLiteConfiguration/inPlaceReads``.
public typealias SQLiteTable<Entity: Codable & Identifiable & Sendable> =
    TableRepository<SQLiteDatabase, Entity> where Entity.ID: SQLConvertible

extension SQLiteDatabase: LookupQuerying {}
