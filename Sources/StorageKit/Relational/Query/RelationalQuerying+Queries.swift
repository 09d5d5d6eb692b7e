// Typed queries, one round trip each. They are statements as any other: what the methods for SQL
// promise holds for these.
extension RelationalQuerying {
    /// The rows of a query, one by one, however many there are.
    public func query<Statement: RowStatement>(
        _ statement: Statement
    ) -> RelationalRows<Statement.Row> {
        query(statement.sql, as: Statement.Row.self)
    }

    /// All rows of a query, `limit` at the most.
    ///
    /// - Parameters:
    ///   - query: What is asked.
    ///   - limit: More rows than this are an error, not a shorter array; to have just the first
    ///     few, see ``first(_:of:)-(_,Query)``.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    public func query<Query: RowQuery>(
        _ query: Query, limit: Int
    ) async throws(StorageError) -> [Query.Row] {
        try await self.query(query.sql, as: Query.Row.self, limit: limit)
    }

    /// The first row of a query, or `nil` when there is none.
    public func first<Query: RowQuery>(
        _ query: Query
    ) async throws(StorageError) -> Query.Row? {
        try await first(query.sql(limit: 1), as: Query.Row.self)
    }

    /// The first rows of a query, in its order.
    ///
    /// - Parameters:
    ///   - count: How many at the most; the others are left.
    ///   - query: What is asked.
    public func first<Query: RowQuery>(
        _ count: Int, of query: Query
    ) async throws(StorageError) -> [Query.Row] {
        guard count >= 0 else { throw .negativeCount }
        return try await self.query(query.sql(limit: count), as: Query.Row.self, limit: count)
    }

    /// How many rows a query has; the database counts them.
    public func count<Scope>(_ query: SelectQuery<Scope>) async throws(StorageError) -> Int {
        try await first(query.clauses.unordered.select(["count(*)"]), as: Int.self) ?? 0
    }

    /// Whether a query has a row; the database stops at the first.
    public func exists<Scope>(_ query: SelectQuery<Scope>) async throws(StorageError) -> Bool {
        let found: SQL = query.clauses.unordered.select(["1"])
        return try await first("SELECT EXISTS (\(found))", as: Bool.self) ?? false
    }

    /// Inserts, updates or deletes.
    ///
    /// - Returns: What it changed.
    @discardableResult
    public func execute(_ change: some ChangeStatement) async throws(StorageError) -> Changes {
        try await execute(change.sql)
    }
}

// The same for tuples.
extension RelationalQuerying {
    /// The rows of a query as tuples, one by one, however many there are.
    public func query<First, Second, each Value>(
        _ query: TupleQuery<First, Second, repeat each Value>
    ) -> RelationalRows<(First, Second, repeat each Value)> {
        self.query(query.sql, as: (First, Second, repeat each Value).self)
    }

    /// All rows of a query as tuples, `limit` at the most.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more.
    public func query<First, Second, each Value>(
        _ query: TupleQuery<First, Second, repeat each Value>, limit: Int
    ) async throws(StorageError) -> [(First, Second, repeat each Value)] {
        try await self.query(
            query.sql, as: (First, Second, repeat each Value).self, limit: limit)
    }

    /// The first row of a query as a tuple, or `nil` when there is none.
    public func first<First, Second, each Value>(
        _ query: TupleQuery<First, Second, repeat each Value>
    ) async throws(StorageError) -> (First, Second, repeat each Value)? {
        try await first(query.sql(limit: 1), as: (First, Second, repeat each Value).self)
    }

    /// The first rows of a query as tuples, in its order.
    ///
    /// - Parameters:
    ///   - count: How many at the most; the others are left.
    ///   - query: What is asked.
    public func first<First, Second, each Value>(
        _ count: Int, of query: TupleQuery<First, Second, repeat each Value>
    ) async throws(StorageError) -> [(First, Second, repeat each Value)] {
        guard count >= 0 else { throw .negativeCount }
        return try await self.query(
            query.sql(limit: count), as: (First, Second, repeat each Value).self, limit: count)
    }
}

extension StorageError {
    fileprivate static var negativeCount: StorageError {
        StorageError(code: .invalidArgument, message: "fewer rows than none were asked for")
    }
}
