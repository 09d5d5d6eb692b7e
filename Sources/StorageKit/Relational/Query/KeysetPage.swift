/// Some rows in an order, and where they ended.
public struct KeysetPage<Row: Sendable>: Sendable {
    /// The rows.
    public let rows: [Row]
    /// Where the next page begins, or `nil` when these were the last rows.
    public let next: KeysetCursor?
}

extension KeysetPage: Equatable where Row: Equatable {}
