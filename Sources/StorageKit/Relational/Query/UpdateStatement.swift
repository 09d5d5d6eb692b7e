/// A change of rows; made by ``TableDescription/update(where:_:)``.
public struct UpdateStatement<Described: TableDescription>: ChangeStatement {
    /// The statement.
    public let sql: SQL

    init(_ assignments: (TableReference<Described>) -> [SQLAssignment], _ condition: SQL?) {
        let set = assignments(TableReference(Described(), qualifier: nil)).map(\.sql)
        guard !set.isEmpty else {
            sql = SQL(failure: .nothingToSet)
            return
        }
        let update: SQL =
            "UPDATE \(identifier: Described.name) SET \(set.joined(separator: ", "))"
        sql = condition.map { "\(update) WHERE \($0)" } ?? update
    }
}

/// A removal of rows; made by ``TableDescription/delete(where:)``.
public struct DeleteStatement<Described: TableDescription>: ChangeStatement {
    /// The statement.
    public let sql: SQL

    init(_ condition: SQL?) {
        let delete: SQL = "DELETE FROM \(identifier: Described.name)"
        sql = condition.map { "\(delete) WHERE \($0)" } ?? delete
    }
}

extension StorageError {
    fileprivate static var nothingToSet: StorageError {
        StorageError(code: .invalidArgument, message: "an update that sets no column")
    }
}
