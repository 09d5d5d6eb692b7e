internal import StorageKit

/// What rows are decoded to: a `Codable` type or a tuple.
protocol SQLiteRowShape {
    associatedtype Row

    /// Called once a run, before the first row is decoded.
    func check(_ prepared: SQLitePreparedStatement) throws(StorageError)

    /// The row that the statement is at.
    func decode(_ prepared: SQLitePreparedStatement) throws(StorageError) -> Row
}

/// A struct by its column names, or a single value from a single column.
struct SQLiteCodableRow<Row: Decodable>: SQLiteRowShape {
    func check(_ prepared: SQLitePreparedStatement) { prepared.reader.beginRun() }

    func decode(_ prepared: SQLitePreparedStatement) throws(StorageError) -> Row {
        try prepared.decoder.decodeRow(Row.self)
    }
}

/// A tuple by the order of the columns.
struct SQLiteTupleRow<
    First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
>: SQLiteRowShape {
    typealias Row = (First, Second, repeat each Column)

    func check(_ prepared: SQLitePreparedStatement) throws(StorageError) {
        var width = 2
        repeat width += Self.one((each Column).self)
        let columns = prepared.statement.columnCount
        guard columns != width else { return }
        throw StorageError(
            code: .decodingFailed,
            message: "a tuple of \(width) wants as many columns and the result has \(columns); "
                + "select just these",
            statement: prepared.sql)
    }

    func decode(_ prepared: SQLitePreparedStatement) throws(StorageError) -> Row {
        var index: Int32 = -1
        func next() -> SQLiteColumn {
            index += 1
            return SQLiteColumn(statement: prepared.statement, index: index)
        }
        return (
            try First.decode(next()), try Second.decode(next()),
            repeat try (each Column).decode(next())
        )
    }

    private static func one<Type>(_ type: Type.Type) -> Int { 1 }
}

extension SQLitePreparedStatement {
    /// The first row of a run that has begun.
    func first<Shape: SQLiteRowShape>(_ shape: Shape) throws(StorageError) -> Shape.Row? {
        guard try step() else { return nil }
        try shape.check(self)
        return try shape.decode(self)
    }

    /// All rows of a run that has begun.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more than `limit`.
    func all<Shape: SQLiteRowShape>(
        _ shape: Shape, limit: Int
    ) throws(StorageError) -> [Shape.Row] {
        var rows: [Shape.Row] = []
        while try step() {
            guard rows.count < limit else { throw tooManyRows(limit) }
            if rows.isEmpty { try shape.check(self) }
            rows.append(try shape.decode(self))
        }
        return rows
    }

    /// Calls the body for each row of a run that has begun.
    func each<Shape: SQLiteRowShape>(
        _ shape: Shape, _ body: (Shape.Row) throws -> Void
    ) throws {
        guard try step() else { return }
        try shape.check(self)
        repeat { try body(try shape.decode(self)) } while try step()
    }

    private func tooManyRows(_ limit: Int) -> StorageError {
        StorageError(
            code: .limitExceeded,
            message: "the result has more than \(limit) rows; raise limit:, add LIMIT to the "
                + "statement, or walk the rows with forEach",
            statement: sql)
    }
}
