/// A statement that was put together from typed pieces.
public protocol TypedStatement: Sendable {
    /// The statement.
    var sql: SQL { get }
}
