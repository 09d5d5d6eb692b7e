public import StorageKit

// A single statement each, its own transaction.
extension PostgresDatabase {
    /// Runs one statement as a transaction of its own.
    ///
    /// One round trip.
    ///
    /// - Parameter sql: One statement.
    /// - Returns: What it changed, after the commit.
    /// - Throws: `invalidState` for one that begins or ends a transaction.
    @discardableResult
    public func execute(_ sql: SQL) async throws(StorageError) -> PostgresChanges {
        try await named("execute") { () throws(StorageError) in
            PostgresChanges(try await self.run(PostgresStatement(sql), .none).tag)
        }
    }

    /// Runs a statement by itself.
    func run(
        _ statement: PostgresStatement, _ demand: RowDemand
    ) async throws(StorageError) -> PostgresExchange.Result {
        guard !StatementText.controlsTransactions(statement.text) else {
            throw .transactionByHand(statement.text)
        }
        let exchange = PostgresExchange(
            [.init(work: .statement(statement), demand: demand)], standsAlone: true,
            isShared: true)
        let reply = await pool.run(exchange)
        return try reply.result(of: exchange, at: 0)
    }

    /// The first row of a statement.
    @usableFromInline
    func first<Row>(
        _ sql: SQL, _ form: PostgresRowForm<Row>
    ) async throws(StorageError) -> Row? {
        try await named("first") { () throws(StorageError) in
            let statement = try PostgresStatement(sql)
            let result = try await self.run(statement, .first)
            return try form.rows(of: result, statement).first
        }
    }

    /// All rows of a statement, so many at the most.
    @usableFromInline
    func rows<Row>(
        _ sql: SQL, _ form: PostgresRowForm<Row>, limit: Int
    ) async throws(StorageError) -> [Row] {
        try await named("query") { () throws(StorageError) in
            let statement = try PostgresStatement(sql)
            guard !StatementText.mayChange(statement.text) else {
                return try await self.changingRows(statement, form, limit)
            }
            let result = try await self.run(statement, .upTo(max(0, limit)))
            return try form.rows(of: result, statement)
        }
    }

    /// The rows of a statement that writes: undone when there are too many.
    private func changingRows<Row>(
        _ statement: PostgresStatement, _ form: PostgresRowForm<Row>, _ limit: Int
    ) async throws(StorageError) -> [Row] {
        try await withinTransaction { connection throws(StorageError) in
            let result = try await connection.run(statement, .upTo(max(0, limit)))
            return try form.rows(of: result, statement)
        }
    }

    /// The rows of a statement, one by one.
    @usableFromInline
    func rows<Row>(_ sql: SQL, _ form: PostgresRowForm<Row>) -> RelationalRows<Row> {
        RelationalRows { PostgresStoreRows(self, sql, form) }
    }
}

extension StorageError {
    static func transactionByHand(_ statement: String) -> StorageError {
        StorageError(
            code: .invalidState,
            message:
                "a statement by itself cannot begin or end a transaction; use withTransaction, "
                + "or withConnection",
            statement: statement)
    }
}
