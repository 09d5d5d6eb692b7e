public import StorageKit

/// PostgreSQL's way of writing what SQL leaves open: `$1`, `$2` … for the parameters, standard
/// quotes.
public struct PostgresDialect: SQLDialect {
    /// Creates the dialect.
    public init() {}

    /// `$` and the place.
    public func placeholder(_ number: Int) -> String { "$\(number)" }
}
