#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A value on its way into a SQL statement.
///
/// The cases are the types that people bind, not those of one database: each backend's mapping says
/// how it stores a case it has no type for (SQLite keeps a boolean as 0 or 1, a date as text).
public enum SQLValue: Hashable, Sendable {
    /// SQL's NULL.
    case null
    /// True or false.
    case boolean(Bool)
    /// A signed 64-bit integer.
    case integer(Int64)
    /// A double-precision number. SQLite cannot store NaN and refuses it.
    case real(Double)
    /// Text in UTF-8; it may contain NUL where the database allows it (SQLite does, PostgreSQL
    /// not).
    case text(String)
    /// Bytes.
    case bytes([UInt8])
    /// A moment in time, without a time zone of its own.
    case date(Date)
    /// A universally unique identifier.
    case uuid(UUID)
    /// A decimal number with all its digits. A database without a type for it keeps its text; NaN
    /// is refused there.
    case decimal(Decimal)
    /// A JSON document in UTF-8, well formed. A database without a type for it keeps the text as it
    /// is; one with such a type may keep the same document with other blanks and another order.
    case json(String)
}
