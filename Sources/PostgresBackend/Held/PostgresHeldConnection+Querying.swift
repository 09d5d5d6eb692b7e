public import StorageKit

extension PostgresHeldConnection: RelationalConnection, UpsertQuerying, ReturningQuerying {
    /// PostgreSQL's.
    public var dialect: any SQLDialect { PostgresDialect() }

    /// Runs one statement to its end and ignores its rows, if it has any.
    @discardableResult
    public func execute(_ sql: SQL) async throws(StorageError) -> PostgresChanges {
        try await named("execute") { () throws(StorageError) in
            let statement = try PostgresStatement(sql)
            guard level == 0 || !StatementText.controlsTransactions(statement.text) else {
                throw .transactionByHand(statement.text)
            }
            return PostgresChanges(try await run(statement, .none).tag)
        }
    }

    /// The rows of a statement, one by one; they end with the transaction at the latest.
    ///
    /// In a transaction they come by a cursor, some hundreds a round trip, so that other statements
    /// may be run between two rows. Without one, and for a statement that writes, they come as
    /// fast as they are taken, and other statements on the connection throw `invalidState`
    /// meanwhile.
    @inlinable
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) -> RelationalRows<Row> {
        rows(sql, .codable())
    }

    /// The rows of a statement as tuples, one by one; they end with the transaction at the latest.
    ///
    /// In a transaction they come by a cursor, some hundreds a round trip, so that other statements
    /// may be run between two rows. Without one, and for a statement that writes, they come as
    /// fast as they are taken, and other statements on the connection throw `invalidState`
    /// meanwhile.
    @inlinable
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) -> RelationalRows<(First, Second, repeat each Column)> {
        rows(sql, .tuple())
    }

    /// All rows of a statement, `limit` at the most.
    ///
    /// One round trip; two more for a statement that writes.
    ///
    /// - Throws: `limitExceeded` when there are more; the statement has then changed nothing.
    @inlinable
    public func query<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await rows(sql, .codable(), limit: limit)
    }

    /// All rows of a statement as tuples, `limit` at the most.
    ///
    /// One round trip; two more for a statement that writes.
    ///
    /// - Throws: `limitExceeded` when there are more; the statement has then changed nothing.
    @inlinable
    public func query<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type, limit: Int
    ) async throws(StorageError) -> [(First, Second, repeat each Column)] {
        try await rows(sql, .tuple(), limit: limit)
    }

    /// The first row of a statement, or `nil` when there is none.
    @inlinable
    public func first<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type
    ) async throws(StorageError) -> Row? {
        try await first(sql, .codable())
    }

    /// The first row of a statement as a tuple, or `nil` when there is none.
    @inlinable
    public func first<
        First: SQLColumnDecodable, Second: SQLColumnDecodable, each Column: SQLColumnDecodable
    >(
        _ sql: SQL, as type: (First, Second, repeat each Column).Type
    ) async throws(StorageError) -> (First, Second, repeat each Column)? {
        try await first(sql, .tuple())
    }
}

extension PostgresHeldConnection {
    @usableFromInline
    func first<Row>(
        _ sql: SQL, _ form: PostgresRowForm<Row>
    ) async throws(StorageError) -> Row? {
        try await named("first") { () throws(StorageError) in
            let statement = try PostgresStatement(sql)
            return try form.rows(of: try await run(statement, .first), statement).first
        }
    }

    @usableFromInline
    func rows<Row>(
        _ sql: SQL, _ form: PostgresRowForm<Row>, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await named("query") { () throws(StorageError) in
            let statement = try PostgresStatement(sql)
            let demand = RowDemand.upTo(max(0, limit))
            guard StatementText.mayChange(statement.text) else {
                return try form.rows(of: try await run(statement, demand), statement)
            }
            // Too many rows are undone, and nothing else.
            return try await within { inner throws(StorageError) in
                try form.rows(of: try await inner.run(statement, demand), statement)
            }
        }
    }

    @usableFromInline
    func rows<Row>(_ sql: SQL, _ form: PostgresRowForm<Row>) -> RelationalRows<Row> {
        RelationalRows { PostgresHeldRows(self, sql, form) }
    }
}
