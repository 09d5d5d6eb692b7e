/// An expression of any type: what is ordered or grouped by.
public protocol SQLTerm: Sendable {
    /// The expression.
    var sql: SQL { get }
}
