public import StorageKit

// Each question is there twice: for a `Codable` type, and for a tuple of two or more columns. A
// single column is a `Codable` type.
extension SQLiteConnection {
    /// The first row, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    public func first<Row: Decodable>(_ sql: SQL, as type: Row.Type) throws(StorageError) -> Row? {
        try first(sql.rendered(for: SQLiteDialect()), SQLiteCodableRow<Row>())
    }

    /// The first row as a tuple, or `nil` when there is none.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column, `(Int, String).self`.
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) throws(StorageError) -> (First, Second, repeat each Column)? {
        try first(
            sql.rendered(for: SQLiteDialect()), SQLiteTupleRow<First, Second, repeat each Column>())
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
    public func query<Row: Decodable>(
        _ sql: SQL, as type: Row.Type, limit: Int = defaultLimit
    ) throws(StorageError) -> [Row] {
        try all(sql.rendered(for: SQLiteDialect()), SQLiteCodableRow<Row>(), limit: limit)
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
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int = defaultLimit
    ) throws(StorageError) -> [(First, Second, repeat each Column)] {
        try all(
            sql.rendered(for: SQLiteDialect()), SQLiteTupleRow<First, Second, repeat each Column>(),
            limit: limit)
    }

    /// Calls the body for each row, however many there are, holding one at a time.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - body: What to do with a row; throwing ends the walk.
    public func forEach<Row: Decodable>(
        _ sql: SQL, as type: Row.Type, _ body: (Row) throws -> Void
    ) throws {
        let shape = SQLiteCodableRow<Row>()
        let prepared = try begin(sql)
        defer { prepared.end() }
        try prepared.each(shape) { try body(try shape.decode(prepared)) }
    }

    /// Calls the body for each row as a tuple, however many there are, holding one at a time.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - type: A tuple type with one element for each column.
    ///   - body: What to do with a row; throwing ends the walk.
    public func forEach<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type,
        _ body: (First, Second, repeat each Column) throws -> Void
    ) throws {
        let shape = SQLiteTupleRow<First, Second, repeat each Column>()
        let prepared = try begin(sql)
        defer { prepared.end() }
        try prepared.each(shape) { try shape.decode(prepared, into: body) }
    }

    /// The first row of a statement whose text is at hand.
    func first<Row: Decodable>(
        _ rendered: RenderedSQL, as type: Row.Type
    ) throws(StorageError) -> Row? {
        try first(rendered, SQLiteCodableRow<Row>())
    }

    /// All rows of a statement whose text is at hand.
    func query<Row: Decodable>(
        _ rendered: RenderedSQL, as type: Row.Type, limit: Int
    ) throws(StorageError) -> [Row] {
        try all(rendered, SQLiteCodableRow<Row>(), limit: limit)
    }

    func first<Shape: SQLiteRowShape>(
        _ rendered: RenderedSQL, _ shape: Shape
    ) throws(StorageError) -> Shape.Row? {
        let prepared = try begin(rendered)
        defer { prepared.end() }
        return try prepared.first(shape)
    }

    func all<Shape: SQLiteRowShape>(
        _ rendered: RenderedSQL, _ shape: Shape, limit: Int
    ) throws(StorageError) -> [Shape.Row] {
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
