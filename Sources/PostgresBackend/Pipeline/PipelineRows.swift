public import StorageKit

/// The values that a statement is run with, row after row.
///
/// It is made by inlinable code, so that what a row costs is compiled for the user's sequence and
/// the user's types.
@usableFromInline
struct PipelineRows: Sendable {
    /// All values of all rows.
    @usableFromInline private(set) var values: [SQLValue] = []
    @usableFromInline private(set) var count = 0
    /// How many values each row has.
    var width: Int { count == 0 ? 0 : values.count / count }

    @inlinable
    init<Rows: Sequence, each Value: SQLBindable>(
        _ rows: Rows
    ) throws(StorageError) where Rows.Element == (repeat each Value) {
        for row in rows {
            try PipelineBatch.checkRoom(count)
            for value in repeat each row { values.append(try value.sqlValue) }
            count += 1
        }
    }

    /// The values of a row.
    subscript(row: Int) -> ArraySlice<SQLValue> { values[row * width..<(row + 1) * width] }
}
