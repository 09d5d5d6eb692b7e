public import StorageKit

/// PostgreSQL's way of writing what SQL leaves open: `$1`, `$2` … for the parameters, standard
/// quotes.
public struct PostgresDialect: SQLDialect {
    /// Creates the dialect.
    public init() {}

    /// `$` and the place.
    public func placeholder(_ number: Int) -> String { "$\(number)" }

    /// A subquery without rows, of the type that the values would have: PostgreSQL takes a NULL
    /// without one for text, and refuses to compare that with anything else.
    public func emptyList(of type: SQLType) -> String {
        "(SELECT NULL::\(Self.name(of: type)) WHERE false)"
    }

    /// A lock of the transaction's.
    public func exclusion(number: Int64) -> SQL? {
        "SELECT pg_catalog.pg_advisory_xact_lock(\(number))"
    }

    private static func name(of type: SQLType) -> String {
        switch type {
        case .boolean: "boolean"
        case .integer: "bigint"
        case .real: "double precision"
        case .text: "text"
        case .bytes: "bytea"
        case .date: "timestamptz"
        case .uuid: "uuid"
        case .decimal: "numeric"
        case .json: "jsonb"
        }
    }
}
