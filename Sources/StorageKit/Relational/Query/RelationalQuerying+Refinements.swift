extension UpsertQuerying {
    /// Inserts, or does to the row in the way what the statement says.
    ///
    /// One round trip.
    ///
    /// - Returns: What it changed; a row that was left out does not count.
    @discardableResult
    public func execute<Described>(
        _ upsert: UpsertStatement<Described>
    ) async throws(StorageError) -> Changes {
        try await execute(upsert.sql)
    }
}

extension ReturningQuerying {
    /// Changes rows and gives back something of each, `limit` at the most, in no order.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more; nothing was changed then.
    public func query<Row>(
        _ statement: ReturningStatement<Row>, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await query(statement.sql, as: Row.self, limit: limit)
    }

    /// Changes rows and gives back something of one of them, or `nil` when it changed none.
    ///
    /// One round trip.
    public func first<Row>(
        _ statement: ReturningStatement<Row>
    ) async throws(StorageError) -> Row? {
        try await first(statement.sql, as: Row.self)
    }
}
