public import StorageKit

/// The columns of a block's rows: of each row from left to right, one row after the other.
@usableFromInline
struct PostgresColumns {
    private let block: RowBlock
    private let shape: RowShape
    private let width: Int
    /// The place of the next column in the block, and in its row.
    private var cell = 0
    private var index = 0

    init(_ block: RowBlock, _ shape: RowShape) {
        self.block = block
        self.shape = shape
        width = shape.columns.count
    }

    /// The next column, which is good as long as this is.
    @usableFromInline
    mutating func next() -> PostgresColumn {
        let column = PostgresColumn(block.bytes(at: cell), shape, index: index)
        cell += 1
        index = index + 1 == width ? 0 : index + 1
        return column
    }
}

extension PostgresColumns {
    /// The first so many rows of the block, each as a struct or a single value.
    @usableFromInline
    func rows<Row: Decodable>(_ count: Int, as type: Row.Type) throws(StorageError) -> [Row] {
        let reader = PostgresRowReader(block, shape)
        let decoder = PostgresRowDecoder(reader)
        // A `Date` is `Codable` as a number, so what knows columns is asked as a column.
        let knowsColumns = Row.self is any SQLColumnDecodable.Type
        var rows: [Row] = []
        rows.reserveCapacity(count)
        for row in 0..<count {
            reader.begin(block, row: row)
            rows.append(
                try knowsColumns
                    ? decoder.decodeColumn(Row.self) : decoder.decodeRow(Row.self))
        }
        return rows
    }
}
