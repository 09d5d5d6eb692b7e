/// An insert that knows what to do where a row is in the way; for stores that are
/// ``UpsertQuerying``.
public struct UpsertStatement<Described: TableDescription>: TypedStatement {
    /// The statement.
    public let sql: SQL
}

extension TableDescription {
    /// Nothing, or an error where the row in the way cannot be told from the one that was to be
    /// inserted: databases call that one `excluded`.
    static var notExcluded: SQL {
        guard name.lowercased() == "excluded" else { return SQL() }
        return SQL(
            failure: StorageError(
                code: .invalidArgument,
                message: "in an upsert the name \"excluded\" stands for the new row; a table of "
                    + "this name can be changed by an update alone"))
    }
}
