/// What rows are ordered by: an expression, and which way.
///
/// NULL is less than everything else, in every database.
public struct SQLOrder: Sendable {
    let term: SQL
    let isDescending: Bool
    let isNullable: Bool
    /// The column's name, when it is one.
    let column: String?

    var sql: SQL {
        let direction: SQL = isDescending ? "\(term) DESC" : "\(term)"
        guard isNullable else { return direction }
        return direction + (isDescending ? " NULLS LAST" : " NULLS FIRST")
    }

    init(_ term: SQL, isDescending: Bool, isNullable: Bool, column: String?) {
        self.term = term
        self.isDescending = isDescending
        self.isNullable = isNullable
        self.column = column
    }
}

extension SQLExpression {
    /// From the least to the greatest.
    public var ascending: SQLOrder {
        SQLOrder(sql, isDescending: false, isNullable: isNullable, column: column)
    }

    /// From the greatest to the least.
    public var descending: SQLOrder {
        SQLOrder(sql, isDescending: true, isNullable: isNullable, column: column)
    }
}
