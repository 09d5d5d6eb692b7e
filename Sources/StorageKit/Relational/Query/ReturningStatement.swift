/// A statement that changes rows and gives back something of each; for stores that are
/// ``ReturningQuerying``.
public struct ReturningStatement<Row: Decodable & Sendable>: RowStatement {
    /// The statement.
    public let sql: SQL
}
