public import StorageKit

extension PostgresDatabase: BulkInsertQuerying {
    /// Inserts rows by `COPY`, in a transaction.
    ///
    /// Four round trips: the columns' types, the beginning, the end, the commit; one more when a
    /// column has a type that somebody has made. Rows are sent without waiting for an answer; when
    /// the connection takes no more, no more are asked for.
    ///
    /// COPY is not `INSERT`: it does not apply rules, and refuses tables with row security for
    /// those whom it concerns. That the server has refused a row is noticed soon on a plain
    /// connection, and over TLS, where libpq keeps it to itself, when all rows were sent.
    ///
    /// - Throws: What `nextBatch` threw; `unsupported`, before any row is asked for, for a column
    ///   of a type that is not copied (arrays, ranges, `inet`, `interval`); `invalidArgument` for a
    ///   value of a kind that its column does not take, text for a number for example. The server's
    ///   errors have the number of the row.
    public func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        try await withTransaction(isolation: nil, access: .readWrite) { transaction in
            try await transaction.copy(to: table, columns, nextBatch)
        }
    }
}

extension PostgresHeldConnection: BulkInsertQuerying {
    /// Inserts rows by `COPY`, in a transaction, or in a savepoint of the one that is open; see
    /// ``PostgresDatabase/insert(into:columns:_:)``.
    public func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        try await withTransaction(isolation: nil, access: .readWrite) { inner in
            try await inner.copy(to: table, columns, nextBatch)
        }
    }

    fileprivate func copy(
        to table: String, _ columns: [String],
        _ nextBatch: @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        try await naming("insert") {
            let target = CopyTarget(table: table, columns: columns)
            let text = try target.statement()
            let encoder = CopyEncoder(
                try await self.columns(of: target), isInGreenwich: hold.link.isInGreenwich)
            return try await PostgresCopyIn(text, on: self).run(encoder, nextBatch)
        }
    }

    /// Completes the errors of a call whose body may throw anything.
    private func naming<Value>(
        _ operation: String, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as StorageError {
            throw error.adding(operation: operation, store: hold.database.address.description)
        }
    }
}

extension PostgresLink {
    /// Whether the session's time zone is Greenwich's, under one of its names.
    fileprivate var isInGreenwich: Bool {
        ["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu"].contains(setting("TimeZone"))
    }
}
