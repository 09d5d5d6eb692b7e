internal import StorageKit

/// What rows are decoded to: a `Codable` type or a tuple.
protocol SQLiteRowShape: Sendable {
    associatedtype Row

    /// Called once a run, before the first row is decoded.
    func check(_ prepared: SQLitePreparedStatement) throws(StorageError)

    /// The row that the statement is at.
    func decode(_ prepared: SQLitePreparedStatement) throws(StorageError) -> Row
}

/// A struct by its column names, or a single value from a single column.
struct SQLiteCodableRow<Row: Decodable>: SQLiteRowShape {
    /// A `Date` is `Codable` as a number and kept as text, so what knows columns is asked as a
    /// column.
    private let knowsColumns = Row.self is any SQLColumnDecodable.Type

    func check(_ prepared: SQLitePreparedStatement) {}

    func decode(_ prepared: SQLitePreparedStatement) throws(StorageError) -> Row {
        try knowsColumns
            ? prepared.decoder.decodeColumn(Row.self) : prepared.decoder.decodeRow(Row.self)
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
        var columns = SQLiteColumns(prepared.statement)
        return (
            try First.decode(columns.next()), try Second.decode(columns.next()),
            repeat try (each Column).decode(columns.next())
        )
    }

    /// Hands the row's values to a closure; a tuple of a pack cannot be taken apart for it.
    func decode(
        _ prepared: SQLitePreparedStatement,
        into body: (First, Second, repeat each Column) throws -> Void
    ) throws {
        var columns = SQLiteColumns(prepared.statement)
        try body(
            First.decode(columns.next()), Second.decode(columns.next()),
            repeat (each Column).decode(columns.next()))
    }

    private static func one<Type>(_ type: Type.Type) -> Int { 1 }
}

/// The columns of a row from left to right.
struct SQLiteColumns {
    private let statement: SQLiteStatement
    private var index: Int32 = -1

    init(_ statement: SQLiteStatement) { self.statement = statement }

    mutating func next() -> SQLiteColumn {
        index += 1
        return SQLiteColumn(statement: statement, index: index)
    }
}

extension SQLitePreparedStatement {
    /// The first row of a run that has begun.
    func first<Shape: SQLiteRowShape>(_ shape: Shape) throws(StorageError) -> Shape.Row? {
        guard try firstStep(shape) else { return nil }
        let row = try shape.decode(self)
        // A statement that writes is over only when it has said so: a foreign key that is violated,
        // for example, is found at its end.
        if !statement.isReadOnly { while try step() {} }
        return row
    }

    /// All rows of a run that has begun.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more than `limit`.
    func all<Shape: SQLiteRowShape>(
        _ shape: Shape, limit: Int
    ) throws(StorageError) -> [Shape.Row] {
        var rows: [Shape.Row] = []
        guard try firstStep(shape) else { return rows }
        repeat {
            guard rows.count < limit else { throw tooManyRows(limit) }
            rows.append(try shape.decode(self))
        } while try step()
        return rows
    }

    /// Calls the body at each row of a run that has begun.
    func each(_ shape: some SQLiteRowShape, _ body: () throws -> Void) throws {
        guard try firstStep(shape) else { return }
        repeat { try body() } while try step()
    }

    /// Moves to the first row; only then is it known whether the schema has changed the columns.
    func firstStep(_ shape: some SQLiteRowShape) throws(StorageError) -> Bool {
        guard try step() else { return false }
        reader.beginRun()
        try shape.check(self)
        return true
    }

    private func tooManyRows(_ limit: Int) -> StorageError {
        StorageError(
            code: .limitExceeded,
            message: "the result has more than \(limit) rows; raise limit:, add LIMIT to the "
                + "statement, or walk the rows with forEach",
            statement: sql)
    }
}
