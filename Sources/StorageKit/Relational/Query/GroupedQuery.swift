/// Rows in groups, of which only what a group has in common and its aggregates can be asked.
///
/// ```swift
/// let sums = Transfers.all
///     .group { [$0.payer] }
///     .having { $0.amount.sum() > 100 }
///     .select { ($0.payer, $0.amount.sum(), $0.count) }
/// ```
///
/// Asking for a column that differs within a group is PostgreSQL's error; SQLite takes the value of
/// any row.
public struct GroupedQuery<Scope: Sendable>: Sendable {
    let scope: Scope
    var clauses: SelectClauses

    /// The groups for which the condition holds, besides the conditions before.
    public func having(_ condition: (Scope) -> SQLPredicate) -> Self {
        var query = self
        query.clauses.groupConditions.append(condition(scope).condition)
        return query
    }

    /// The groups in this order, instead of the one before.
    public func order(_ orders: (Scope) -> [SQLOrder]) -> Self {
        var query = self
        query.clauses.orders = orders(scope)
        return query
    }

    /// Something of each group.
    public func select<Value>(
        _ column: (Scope) -> SQLExpression<Value>
    ) -> ValueQuery<Value> {
        ValueQuery(clauses: clauses, column: column(scope).sql)
    }

    /// Two things of each group.
    ///
    /// A pair by itself, for the compiler does not find the types of one among the parameter packs.
    public func select<First, Second>(
        _ columns: (Scope) -> (SQLExpression<First>, SQLExpression<Second>)
    ) -> TupleQuery<First, Second> {
        let (first, second) = columns(scope)
        return TupleQuery(clauses: clauses, columns: [first.sql, second.sql])
    }

    /// Several things of each group.
    public func select<each Value>(
        _ columns: (Scope) -> (repeat SQLExpression<each Value>)
    ) -> TupleQuery<repeat each Value> {
        let columns = columns(scope)
        var terms: [SQL] = []
        for column in repeat each columns { terms.append(column.sql) }
        return TupleQuery(clauses: clauses, columns: terms)
    }
}
