/// Where a page of rows ended: the values by which they are ordered, of its last row.
///
/// Not an offset: the next page begins behind that row although others were inserted or removed
/// before it, and however far in it lies it costs the same.
public struct KeysetCursor: Hashable, Sendable {
    let values: [SQLValue]
}
