/// A change of rows; made by ``TableDescription/update(where:_:)``.
public struct UpdateStatement<Described: TableDescription>: ChangeStatement {
    /// The statement.
    public let sql: SQL

    init(_ assignments: (TableReference<Described>) -> [SQLAssignment], _ condition: SQL?) {
        let set = assignments(TableReference(Described(), qualifier: nil)).clause
        let update: SQL = "UPDATE \(identifier: Described.name) SET \(set)"
        sql = condition.map { "\(update) WHERE \($0)" } ?? update
    }
}
