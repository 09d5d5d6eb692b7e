/// What a statement that changes rows can give back.
public protocol ReturnsRows<Described>: TypedStatement {
    /// The table whose rows it changes.
    associatedtype Described: TableDescription
}

extension InsertStatement: ReturnsRows {}
extension UpsertStatement: ReturnsRows {}
extension UpdateStatement: ReturnsRows {}
extension DeleteStatement: ReturnsRows {}

extension ReturnsRows {
    /// The same, giving back each row as it has become, or as it was before it was removed.
    public func returning() -> ReturningStatement<Described.Row> {
        ReturningStatement(sql: "\(sql) RETURNING *")
    }

    /// The same, giving back a column of each row.
    public func returning<Value>(
        _ column: (TableReference<Described>) -> SQLExpression<Value>
    ) -> ReturningStatement<Value> {
        let column = column(TableReference(Described(), qualifier: nil))
        return ReturningStatement(sql: "\(sql) RETURNING \(column.sql)")
    }
}
