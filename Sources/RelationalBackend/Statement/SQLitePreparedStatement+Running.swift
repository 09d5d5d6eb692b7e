public import StorageKit

extension SQLitePreparedStatement {
    /// Runs the statement to its end and ignores its rows, if it has any.
    ///
    /// - Parameter values: One for each `SQL.placeholder`, in order.
    /// - Returns: What it changed.
    @discardableResult
    @inlinable
    public func execute<each Value: SQLBindable>(
        _ values: repeat each Value
    ) throws(StorageError) -> SQLiteChanges {
        try begin(repeat each values)
        defer { end() }
        return try runToEnd()
    }

    /// The first row, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - type: What a row is decoded to: a `Codable` struct by column names, or a single value.
    ///   - values: One for each `SQL.placeholder`, in order.
    @inlinable
    public func first<Row: Decodable, each Value: SQLBindable>(
        as type: Row.Type, _ values: repeat each Value
    ) throws(StorageError) -> Row? {
        try begin(repeat each values)
        defer { end() }
        return try first(.codable())
    }

    /// The first row as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    ///   - values: One for each `SQL.placeholder`, in order.
    @inlinable
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable,
        each Value: SQLBindable
    >(
        as type: (First, Second, repeat each Column).Type, _ values: repeat each Value
    ) throws(StorageError) -> (First, Second, repeat each Column)? {
        try begin(repeat each values)
        defer { end() }
        return try first(.tuple())
    }

    /// Calls the body for each row, however many there are, holding one at a time.
    ///
    /// - Parameters:
    ///   - type: What a row is decoded to.
    ///   - values: One for each `SQL.placeholder`, in order.
    ///   - body: What to do with a row; throwing ends the walk.
    @inlinable
    public func forEach<Row: Decodable, each Value: SQLBindable>(
        as type: Row.Type, _ values: repeat each Value, body: (Row) throws -> Void
    ) throws {
        try begin(repeat each values)
        defer { end() }
        try each(width: nil) { try body(decode(type)) }
    }

    /// Calls the body for each row as a tuple, however many there are, holding one at a time.
    ///
    /// - Parameters:
    ///   - type: A tuple type with one element for each column.
    ///   - values: One for each `SQL.placeholder`, in order.
    ///   - body: What to do with a row; throwing ends the walk.
    @inlinable
    public func forEach<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable,
        each Value: SQLBindable
    >(
        as type: (First, Second, repeat each Column).Type, _ values: repeat each Value,
        body: (First, Second, repeat each Column) throws -> Void
    ) throws {
        try begin(repeat each values)
        defer { end() }
        try each(width: SQLiteRowShape<Void>.width((repeat (each Column).self))) {
            // A tuple of a pack cannot be taken apart for the body, so none is made.
            var columns = SQLiteColumns(statement)
            try body(
                First.decode(columns.next()), Second.decode(columns.next()),
                repeat (each Column).decode(columns.next()))
        }
    }

    /// All rows as tuples, `limit` at the most.
    ///
    /// - Parameters:
    ///   - type: A tuple type with one element for each column.
    ///   - limit: More rows than this are an error, not a shorter array.
    ///   - values: One for each `SQL.placeholder`, in order.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    @inlinable
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable,
        each Value: SQLBindable
    >(
        as type: (First, Second, repeat each Column).Type,
        limit: Int = SQLiteConnection.defaultLimit, _ values: repeat each Value
    ) throws(StorageError) -> [(First, Second, repeat each Column)] {
        try begin(repeat each values)
        defer { end() }
        return try all(.tuple(), limit: limit)
    }

    /// All rows, `limit` at the most.
    ///
    /// - Parameters:
    ///   - type: What a row is decoded to.
    ///   - limit: More rows than this are an error, not a shorter array.
    ///   - values: One for each `SQL.placeholder`, in order.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    @inlinable
    public func query<Row: Decodable, each Value: SQLBindable>(
        as type: Row.Type, limit: Int = SQLiteConnection.defaultLimit, _ values: repeat each Value
    ) throws(StorageError) -> [Row] {
        try begin(repeat each values)
        defer { end() }
        return try all(.codable(), limit: limit)
    }
}
