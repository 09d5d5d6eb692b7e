/// A question for several values of each row, as a tuple.
public struct TupleQuery<each Value: SQLColumnDecodable>: TypedStatement {
    private var clauses: SelectClauses
    private let columns: [SQL]

    init(clauses: SelectClauses, columns: [SQL]) {
        self.clauses = clauses
        self.columns = columns
    }

    /// The statement.
    public var sql: SQL { clauses.select(columns) }

    /// The statement with so many rows at the most.
    public func sql(limit: Int) -> SQL { clauses.select(columns, limit: limit) }

    /// Each tuple once; they may be ordered by what is in them alone.
    public var distinct: Self {
        var query = self
        query.clauses.isDistinct = true
        return query
    }
}
