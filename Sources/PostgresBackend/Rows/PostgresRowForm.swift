internal import StorageKit

/// What rows are decoded to: a `Codable` type or a tuple.
protocol PostgresRowForm: Sendable {
    associatedtype Row: Sendable

    /// The rows of a block; all of them, or the first so many.
    func decode(_ block: RowBlock, limit: Int) throws(StorageError) -> [Row]
}

extension PostgresRowForm {
    /// All rows of a block.
    func decode(_ block: RowBlock) throws(StorageError) -> [Row] {
        try decode(block, limit: block.rowCount)
    }
}

/// A struct by its column names, or a single value from a single column.
struct PostgresCodableRow<Row: Decodable & Sendable>: PostgresRowForm {
    func decode(_ block: RowBlock, limit: Int) throws(StorageError) -> [Row] {
        guard let shape = block.shape, !block.isEmpty else { return [] }
        let reader = PostgresRowReader(block, shape)
        let decoder = PostgresRowDecoder(reader)
        // A `Date` is `Codable` as a number, so what knows columns is asked as a column.
        let knowsColumns = Row.self is any SQLColumnDecodable.Type
        var rows: [Row] = []
        rows.reserveCapacity(min(limit, block.rowCount))
        for row in 0..<min(limit, block.rowCount) {
            reader.begin(block, row: row)
            rows.append(
                try knowsColumns
                    ? decoder.decodeColumn(Row.self) : decoder.decodeRow(Row.self))
        }
        return rows
    }
}

/// A tuple by the order of the columns.
struct PostgresTupleRow<
    First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
>: PostgresRowForm {
    typealias Row = (First, Second, repeat each Column)

    func decode(_ block: RowBlock, limit: Int) throws(StorageError) -> [Row] {
        guard let shape = block.shape, !block.isEmpty else { return [] }
        try check(shape)
        var rows: [Row] = []
        rows.reserveCapacity(min(limit, block.rowCount))
        for row in 0..<min(limit, block.rowCount) {
            var columns = Columns(block: block, shape: shape, row: row)
            rows.append(
                (
                    try First.decode(columns.next()), try Second.decode(columns.next()),
                    repeat try (each Column).decode(columns.next())
                ))
        }
        return rows
    }

    private func check(_ shape: RowShape) throws(StorageError) {
        var width = 2
        repeat width += Self.one((each Column).self)
        guard shape.columns.count != width else { return }
        throw StorageError(
            code: .decodingFailed,
            message: "a tuple of \(width) wants as many columns and the result has "
                + "\(shape.columns.count); select just these")
    }

    private static func one<Type>(_ type: Type.Type) -> Int { 1 }

    /// The columns of a row from left to right.
    private struct Columns {
        let block: RowBlock
        let shape: RowShape
        let row: Int
        private var index = -1

        init(block: RowBlock, shape: RowShape, row: Int) {
            self.block = block
            self.shape = shape
            self.row = row
        }

        mutating func next() -> PostgresColumn {
            index += 1
            return PostgresColumn(block, shape, row: row, index: index)
        }
    }
}
