/// A removal of rows; made by ``TableDescription/delete(where:)``.
public struct DeleteStatement<Described: TableDescription>: ChangeStatement {
    /// The statement.
    public let sql: SQL

    init(_ condition: SQL?) {
        let delete: SQL = "DELETE FROM \(identifier: Described.name)"
        sql = condition.map { "\(delete) WHERE \($0)" } ?? delete
    }
}
