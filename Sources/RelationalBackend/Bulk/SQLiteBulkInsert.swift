public import StorageKit

extension SQLiteDatabase: BulkInsertQuerying {
    /// Inserts rows in one transaction: one hop to the connection's thread, and one back.
    ///
    /// It holds the write lock from the first batch to the last, while it waits for rows too.
    public func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        try await withTransaction(isolation: nil, access: .readWrite) { transaction in
            try await transaction.insertBatches(into: table, columns: columns, nextBatch)
        }
    }
}

extension SQLiteHeldConnection: BulkInsertQuerying {
    /// Inserts rows in a transaction, or in a savepoint of the one that is open.
    public func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        try await withTransaction(isolation: nil, access: .readWrite) { inner in
            try await inner.insertBatches(into: table, columns: columns, nextBatch)
        }
    }

    fileprivate func insertBatches(
        into table: String, columns: [String],
        _ nextBatch: @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int {
        let names = columns.map(SQL.identifier).joined(separator: ", ")
        let values = columns.map { _ in SQL.placeholder }.joined(separator: ", ")
        let insertion: SQL = "INSERT INTO \(identifier: table) (\(names)) VALUES (\(values))"
        let rendered = try insertion.rendered(for: SQLiteDialect())
        var count = 0
        while true {
            let rows = try await nextBatch()
            guard !rows.isEmpty else { return count }
            count += rows.count
            try await run("insert") { (session) throws(StorageError) in
                try session.connection.execute(rendered.text, withEach: rows)
            }
        }
    }
}

extension SQLiteConnection {
    /// Runs a statement once for each row of values.
    fileprivate func execute(
        _ text: String, withEach rows: [[SQLValue]]
    ) throws(StorageError) {
        let prepared = try SQLitePreparedStatement(RenderedSQL(text: text), on: handle)
        for row in rows {
            try prepared.begin(binding: row)
            defer { prepared.end() }
            while try prepared.step() {}
        }
    }
}
