public import StorageKit

extension SQLiteTable {
    /// Stores an entity that is not there yet: one `INSERT`.
    ///
    /// - Throws: ``StorageError/Code/alreadyExists`` when the key is taken,
    ///   ``StorageError/Code/constraintViolation`` when another rule of the table forbids the row,
    ///   a primary key that is not ``key`` among them.
    public func insert(_ entity: Entity) async throws(StorageError) {
        try await run("insert") { () throws(StorageError) in
            let row = try encode(entity)
            try await database.execute(insertion(of: row))
        }
    }

    /// Stores an entity in place of the one with its identifier: one `UPDATE`.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none to replace.
    public func replace(_ entity: Entity) async throws(StorageError) {
        try await run("replace") { () throws(StorageError) in
            let row = try encode(entity)
            let changes = try await database.execute(
                "UPDATE \(identifier: name) SET \(assignments(of: row)) "
                    + "WHERE \(identifier: key) = \(entity.id)")
            guard changes.rowCount == 0 else { return }
            throw StorageError(
                code: .notFound,
                message: "no row has this key; use insert to create it or upsert to do either")
        }
    }

    /// Stores an entity whether or not its identifier is taken: one `INSERT … ON CONFLICT`.
    ///
    /// A conflict in another unique column is a ``StorageError/Code/constraintViolation``.
    public func upsert(_ entity: Entity) async throws(StorageError) {
        try await run("upsert") { () throws(StorageError) in
            let row = try encode(entity)
            try await database.execute(
                insertion(of: row)
                    + " ON CONFLICT (\(identifier: key)) DO UPDATE SET \(excluded(of: row))")
        }
    }

    /// Removes the entity with this identifier: one `DELETE`.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func delete(_ id: Entity.ID) async throws(StorageError) -> Bool {
        try await run("delete") { () throws(StorageError) in
            try await database.execute(
                "DELETE FROM \(identifier: name) WHERE \(identifier: key) = \(id)"
            ).rowCount > 0
        }
    }

    private func encode(_ entity: Entity) throws(StorageError) -> SQLiteEncodedRow {
        let row = try SQLiteEncodedRow(entity)
        guard row.columns.contains(key) else {
            throw StorageError(
                code: .encodingFailed,
                message: "\(Entity.self) encodes no \"\(key)\"; pass the key's column as key:")
        }
        return row
    }

    private func insertion(of row: SQLiteEncodedRow) -> SQL {
        let columns = row.columns.map(SQL.identifier).joined(separator: ", ")
        return "INSERT INTO \(identifier: name) (\(columns)) VALUES \(row.values)"
    }

    /// What UPDATE sets, `"title" = ?, "done" = ?`.
    private func assignments(of row: SQLiteEncodedRow) -> SQL {
        zip(row.columns, row.values)
            .filter { column, _ in isAssigned(column, of: row) }
            .map { column, value in "\(identifier: column) = \(value)" as SQL }
            .joined(separator: ", ")
    }

    /// `"title" = excluded."title"`: the values that the conflicting insertion brought.
    private func excluded(of row: SQLiteEncodedRow) -> SQL {
        row.columns.filter { isAssigned($0, of: row) }
            .map { "\(identifier: $0) = excluded.\(identifier: $0)" as SQL }
            .joined(separator: ", ")
    }

    /// Whether a column is set, which every one is but the key.
    ///
    /// The key's value does not change, and SQLite would take the row out and put it in again. An
    /// entity that is nothing but its key has no other column.
    private func isAssigned(_ column: String, of row: SQLiteEncodedRow) -> Bool {
        column != key || row.columns.count == 1
    }
}
