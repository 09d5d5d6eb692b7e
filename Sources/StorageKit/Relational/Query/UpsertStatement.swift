/// An insert that knows what to do where a row is in the way; for stores that are
/// ``UpsertQuerying``.
public struct UpsertStatement<Described: TableDescription>: TypedStatement {
    /// The statement.
    public let sql: SQL
}
