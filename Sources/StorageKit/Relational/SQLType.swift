/// The kind of value that a Swift type is bound as, where a database has to know it although there
/// is no value to look at.
///
/// PostgreSQL gives every expression a type before it looks at a value: an empty list beside a
/// column of integers must be an empty list of integers.
public enum SQLType: Hashable, Sendable, CaseIterable {
    /// ``SQLValue/boolean(_:)``.
    case boolean
    /// ``SQLValue/integer(_:)``.
    case integer
    /// ``SQLValue/real(_:)``.
    case real
    /// ``SQLValue/text(_:)``.
    case text
    /// ``SQLValue/bytes(_:)``.
    case bytes
    /// ``SQLValue/date(_:)``.
    case date
    /// ``SQLValue/uuid(_:)``.
    case uuid
    /// ``SQLValue/decimal(_:)``.
    case decimal
    /// ``SQLValue/json(_:)``.
    case json
}
