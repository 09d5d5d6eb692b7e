/// Where a page of rows ended: the values by which they are ordered, of its last row.
///
/// Not an offset: the next page begins behind that row although others were inserted or removed
/// before it, and however far in it lies it costs the same.
public struct KeysetCursor: Hashable, Sendable {
    let values: [SQLValue]
}

/// Some rows in an order, and where they ended.
public struct KeysetPage<Row: Sendable>: Sendable {
    /// The rows.
    public let rows: [Row]
    /// Where the next page begins, or `nil` when these were the last rows.
    public let next: KeysetCursor?
}

extension KeysetPage: Equatable where Row: Equatable {}
