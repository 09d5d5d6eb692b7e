public import StorageKit

extension SQLiteHeldConnection: RelationalConnection, UpsertQuerying, ReturningQuerying {
    /// SQLite's.
    public var dialect: any SQLDialect { SQLiteDialect() }

    /// Runs one statement to its end and ignores its rows, if it has any.
    @discardableResult
    public func execute(_ sql: SQL) async throws(StorageError) -> SQLiteChanges {
        try await onConnection("execute") { (connection) throws(StorageError) in
            try connection.execute(sql)
        }
    }

    /// The rows of a statement, one by one; they end with the transaction at the latest.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) -> RelationalRows<Row> {
        RelationalRows { SQLiteHeldRows(self, SQLiteRowWalk(sql, .codable())) }
    }

    /// The rows of a statement as tuples, one by one; they end with the transaction at the latest.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) -> RelationalRows<(First, Second, repeat each Column)> {
        RelationalRows { SQLiteHeldRows(self, SQLiteRowWalk(sql, .tuple())) }
    }

    /// All rows of a statement, `limit` at the most.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more; the statement has then
    ///   changed nothing.
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await onConnection("query") { (connection) throws(StorageError) in
            try connection.query(sql, as: Row.self, limit: limit)
        }
    }

    /// All rows of a statement as tuples, `limit` at the most.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more; the statement has then
    ///   changed nothing.
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await onConnection("query") { (connection) throws(StorageError) in
            try connection.query(sql, as: (First, Second, repeat each Column).self, limit: limit)
        }
    }

    /// The first row of a statement, or `nil` when there is none.
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) async throws(StorageError) -> Row? {
        try await onConnection("first") { (connection) throws(StorageError) in
            try connection.first(sql, as: Row.self)
        }
    }

    /// The first row of a statement as a tuple, or `nil` when there is none.
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await onConnection("first") { (connection) throws(StorageError) in
            try connection.first(sql, as: (First, Second, repeat each Column).self)
        }
    }

    private func onConnection<Value: Sendable>(
        _ operation: String,
        _ body: @escaping @Sendable (SQLiteConnection) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await run(operation) { (session) throws(StorageError) in
            try body(session.connection)
        }
    }
}
