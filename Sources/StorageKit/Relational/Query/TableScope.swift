/// What a query over a single table shows its closures: ``TableReference``.
public protocol TableScope: Sendable {
    /// The table.
    associatedtype Described: TableDescription
}
