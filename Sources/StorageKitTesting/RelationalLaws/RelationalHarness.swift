public import StorageKit

/// How the laws of the relational family get a store: a database of its own, without tables.
///
/// A case creates its tables by statements that SQLite and PostgreSQL both understand, but for the
/// types of columns.
public protocol RelationalHarness: ConformanceHarness where Subject: RelationalStore {
    /// The type of a column for values of a kind, as the database's schema language has it.
    func columnType(_ kind: SQLType) -> SQL
}

extension RelationalHarness {
    /// PostgreSQL's, which for most kinds is that of the SQL standard.
    public func columnType(_ kind: SQLType) -> SQL {
        switch kind {
        case .boolean: "BOOLEAN"
        case .integer: "BIGINT"
        case .real: "DOUBLE PRECISION"
        case .text: "TEXT"
        case .bytes: "BYTEA"
        case .date: "TIMESTAMPTZ"
        case .uuid: "UUID"
        case .decimal: "NUMERIC"
        case .json: "JSONB"
        }
    }
}
