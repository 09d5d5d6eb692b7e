/// A question about the rows of a table, or of two or three joined.
///
/// A value: each method gives another query and asks nobody. It is run by a store or a connection,
/// ``RelationalQuerying/query(_:limit:)-(Query,_)`` and its neighbours. Rows come in no order
/// unless one is asked for.
///
/// `Scope` is what the closures are given: a ``TableReference``, or several of them.
public struct SelectQuery<Scope: Sendable>: Sendable {
    let scope: Scope
    var clauses: SelectClauses

    init(scope: Scope, clauses: SelectClauses) {
        self.scope = scope
        self.clauses = clauses
    }

    /// The rows for which the condition holds, besides the conditions before.
    public func filter(_ condition: (Scope) -> SQLPredicate) -> Self {
        changed { $0.conditions.append(condition(scope).condition) }
    }

    /// The rows in this order, instead of the one before.
    ///
    /// Rows that the order does not tell apart come in any order; end it with a unique column.
    public func order(_ orders: (Scope) -> [SQLOrder]) -> Self {
        changed { $0.orders = orders(scope) }
    }

    /// A column or another expression of each row.
    public func select<Value>(
        _ column: (Scope) -> SQLExpression<Value>
    ) -> ValueQuery<Value> {
        ValueQuery(clauses: clauses, column: column(scope).sql)
    }

    /// Two columns or other expressions of each row.
    ///
    /// A pair by itself, for the compiler does not find the types of one among the parameter packs.
    public func select<First, Second>(
        _ columns: (Scope) -> (SQLExpression<First>, SQLExpression<Second>)
    ) -> TupleQuery<First, Second> {
        let (first, second) = columns(scope)
        return TupleQuery(clauses: clauses, columns: [first.sql, second.sql])
    }

    /// Several columns or other expressions of each row.
    public func select<each Value>(
        _ columns: (Scope) -> (repeat SQLExpression<each Value>)
    ) -> TupleQuery<repeat each Value> {
        let columns = columns(scope)
        var terms: [SQL] = []
        for column in repeat each columns { terms.append(column.sql) }
        return TupleQuery(clauses: clauses, columns: terms)
    }

    /// The rows in groups: those that are equal in all of these.
    ///
    /// - Parameter terms: What every row of a group has in common; at least one thing.
    public func group(by terms: (Scope) -> [any SQLTerm]) -> GroupedQuery<Scope> {
        let groups = terms(scope).map(\.sql)
        let grouped = changed { clauses in
            clauses.groups = groups
            if groups.isEmpty { clauses.failure = clauses.failure ?? .groupedByNothing }
        }
        return GroupedQuery(scope: scope, clauses: grouped.clauses)
    }

    func changed(_ change: (inout SelectClauses) -> Void) -> Self {
        var query = self
        change(&query.clauses)
        return query
    }
}

extension SelectQuery: TypedStatement, RowStatement, RowQuery where Scope: TableScope {
    /// An entity of the table.
    public typealias Row = Scope.Described.Row

    /// The statement.
    public var sql: SQL { clauses.select(["*"]) }

    /// The statement with so many rows at the most.
    public func sql(limit: Int) -> SQL { clauses.select(["*"], limit: limit) }
}

extension StorageError {
    fileprivate static var groupedByNothing: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "rows are grouped by nothing; select the aggregates of all rows instead")
    }
}
