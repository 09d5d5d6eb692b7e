/// A table as the closures of a query see it: its columns, ready to be compared.
///
/// `$0.balance` is the column that the ``TableDescription`` calls `balance`.
@dynamicMemberLookup
public struct TableReference<Described: TableDescription>: TableScope {
    private let description: Described
    /// What the columns are written after in a join, where two tables may have the same names.
    let qualifier: String?

    init(_ description: Described, qualifier: String?) {
        self.description = description
        self.qualifier = qualifier
    }

    /// A column.
    public subscript<Value>(
        dynamicMember column: KeyPath<Described, TableColumn<Value>>
    ) -> SQLExpression<Value> {
        SQLExpression(column: description[keyPath: column].name, of: qualifier)
    }

    /// Gives a column a value.
    ///
    /// ```swift
    /// Accounts.update(where: { $0.id == 1 }) { [$0.set(\.balance, to: $0.balance - 5)] }
    /// ```
    public func set<Value>(
        _ column: KeyPath<Described, TableColumn<Value>>, to value: SQLExpression<Value>
    ) -> SQLAssignment {
        SQLAssignment(column: description[keyPath: column].name, value: value.sql)
    }

    /// Gives a column a value.
    public func set<Value>(
        _ column: KeyPath<Described, TableColumn<Value>>, to value: Value
    ) -> SQLAssignment {
        SQLAssignment(column: description[keyPath: column].name, value: .value(value))
    }

    /// How many rows there are; in a group, how many of them are in it.
    public var count: SQLExpression<Int> { SQLExpression(made: "count(*)") }
}
