/// A question for one value of each row.
public struct ValueQuery<Row: Decodable & Sendable>: RowQuery {
    private var clauses: SelectClauses
    private let column: SQL

    init(clauses: SelectClauses, column: SQL) {
        self.clauses = clauses
        self.column = column
    }

    /// The statement.
    public var sql: SQL { clauses.select([column]) }

    /// The statement with so many rows at the most.
    public func sql(limit: Int) -> SQL { clauses.select([column], limit: limit) }

    /// Each value once; it may be ordered by the value alone.
    public var distinct: Self {
        var query = self
        query.clauses.isDistinct = true
        return query
    }
}
