public import StorageKit

// Each question is there twice: for a `Codable` type, and for a tuple of two or more columns. A
// single column is a `Codable` type.
extension SQLiteConnection {
    /// The first row, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    @inlinable
    public func first<Row: Decodable>(_ sql: SQL, as type: Row.Type) throws(StorageError) -> Row? {
        try first(sql, .codable())
    }

    /// The first row as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    @inlinable
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) throws(StorageError) -> (First, Second, repeat each Column)? {
        try first(sql, .tuple())
    }

    /// All rows, `limit` at the most.
    ///
    /// ```swift
    /// let open = try connection.query("SELECT * FROM todo WHERE NOT done", as: Todo.self)
    /// ```
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    @inlinable
    public func query<Row: Decodable>(
        _ sql: SQL, as type: Row.Type, limit: Int = defaultLimit
    ) throws(StorageError) -> [Row] {
        try all(sql, .codable(), limit: limit)
    }

    /// All rows as tuples, `limit` at the most.
    ///
    /// ```swift
    /// let titles = try connection.query("SELECT id, title FROM todo", as: (Int, String).self)
    /// ```
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column.
    ///   - limit: More rows than this are an error, not a shorter array.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    @inlinable
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int = defaultLimit
    ) throws(StorageError) -> [(First, Second, repeat each Column)] {
        try all(sql, .tuple(), limit: limit)
    }

    /// Calls the body for each row, however many there are, holding one at a time.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - body: What to do with a row; throwing ends the walk.
    @inlinable
    public func forEach<Row: Decodable>(
        _ sql: SQL, as type: Row.Type, _ body: (Row) throws -> Void
    ) throws {
        let prepared = try begin(sql)
        defer { prepared.end() }
        try prepared.each(width: nil) { try body(prepared.decode(type)) }
    }

    /// Calls the body for each row as a tuple, however many there are, holding one at a time.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column.
    ///   - body: What to do with a row; throwing ends the walk.
    @inlinable
    public func forEach<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type,
        _ body: (First, Second, repeat each Column) throws -> Void
    ) throws {
        let prepared = try begin(sql)
        defer { prepared.end() }
        try prepared.each(width: SQLiteRowShape<Void>.width((repeat (each Column).self))) {
            // A tuple of a pack cannot be taken apart for the body, so none is made.
            var columns = SQLiteColumns(prepared.statement)
            try body(
                First.decode(columns.next()), Second.decode(columns.next()),
                repeat (each Column).decode(columns.next()))
        }
    }

    @usableFromInline
    func first<Row>(_ sql: SQL, _ shape: SQLiteRowShape<Row>) throws(StorageError) -> Row? {
        try first(sql.rendered(for: SQLiteDialect()), shape)
    }

    @usableFromInline
    func all<Row>(
        _ sql: SQL, _ shape: SQLiteRowShape<Row>, limit: Int
    ) throws(StorageError) -> [Row] {
        try all(sql.rendered(for: SQLiteDialect()), shape, limit: limit)
    }

    /// The first row of a statement whose text is at hand.
    func first<Row>(
        _ rendered: RenderedSQL, _ shape: SQLiteRowShape<Row>
    ) throws(StorageError) -> Row? {
        let prepared = try begin(rendered)
        defer { prepared.end() }
        return try prepared.first(shape)
    }

    /// All rows of a statement whose text is at hand.
    func all<Row>(
        _ rendered: RenderedSQL, _ shape: SQLiteRowShape<Row>, limit: Int
    ) throws(StorageError) -> [Row] {
        let prepared = try begin(rendered)
        defer { prepared.end() }
        guard !prepared.statement.isReadOnly else { return try prepared.all(shape, limit: limit) }
        return try undoingUnlessWhole { () throws(StorageError) in
            try prepared.all(shape, limit: limit)
        } ending: {
            prepared.end()
        }
    }

    /// Runs a statement that writes and gives rows so that it has changed nothing when it throws.
    ///
    /// SQLite has made all changes when it gives the first row, and keeps them when the rest is not
    /// fetched.
    private func undoingUnlessWhole<Value>(
        _ body: () throws(StorageError) -> Value, ending: () -> Void
    ) throws(StorageError) -> Value {
        try handle.execute(script: "SAVEPOINT storagekit_rows")
        do throws(StorageError) {
            let value = try body()
            ending()
            try handle.execute(script: "RELEASE storagekit_rows")
            return value
        } catch {
            ending()
            if !handle.isInAutocommit {
                try? handle.interrupter.shielded {
                    try handle.execute(
                        script: "ROLLBACK TO storagekit_rows; RELEASE storagekit_rows")
                }
            }
            throw error
        }
    }
}
