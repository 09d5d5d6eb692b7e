/// Where a page of rows ended: the values by which they are ordered, of its last row.
///
/// Not an offset: the next page begins behind that row although others were inserted or removed
/// before it, and however far in it lies it costs the same.
///
/// It can be handed out, to a browser for example, as ``text`` or by `Codable`, and is taken back
/// with the same order alone: that of the same columns of the same table, each the same way. It is
/// neither secret nor signed. Who reads it sees the values of the columns that the pages go by; who
/// changes it begins somewhere else among the rows of the query, and sees no others.
public struct KeysetCursor: Hashable, Sendable {
    /// The ``KeysetOrder/fingerprint`` of the order it belongs to.
    let order: UInt64
    let values: [SQLValue]
}
