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

extension StorageError {
    fileprivate static var nothingToSet: StorageError {
        StorageError(code: .invalidArgument, message: "an update that sets no column")
    }
}
