public import StorageKit

/// SQLite's way of writing what SQL leaves open: `?` for each parameter, standard quotes.
public struct SQLiteDialect: SQLDialect {
    /// Creates the dialect.
    public init() {}

    /// `?`, whatever the place.
    public func placeholder(_ number: Int) -> String { "?" }

    /// Asks the table of the schema.
    public func count(ofTables name: String) -> SQL {
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = \(name)"
    }
}
