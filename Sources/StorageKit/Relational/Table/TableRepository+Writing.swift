extension TableRepository {
    /// Stores an entity that is not there yet: one `INSERT`.
    ///
    /// - Throws: ``StorageError/Code/alreadyExists`` when the key is taken,
    ///   ``StorageError/Code/constraintViolation`` when another rule of the table forbids the row,
    ///   a primary key that is not ``key`` among them.
    public func insert(_ entity: Entity) async throws(StorageError) {
        try await run("insert") { () throws(StorageError) in
            let row = try encode(entity)
            let text = try statements.writing(row.columns).insert
            try await database.execute(SQL(text: text, row.values))
        }
    }

    /// Stores an entity in place of the one with its identifier: one `UPDATE`, and where it found
    /// no row to change and the entity has a version, a `SELECT` to learn why.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none to replace,
    ///   ``StorageError/Code/conflict`` when there is another version than the entity's.
    public func replace(_ entity: Entity) async throws(StorageError) {
        try await run("replace") { () throws(StorageError) in
            let row = try encode(entity)
            let statement = try statements.writing(row.columns)
            var values = zip(row.values, statement.isAssigned).filter(\.1).map(\.0)
            values.append(try entity.id.sqlValue)
            if let version = statement.versionIndex { values.append(row.values[version]) }
            let changes = try await database.execute(SQL(text: statement.replace, values))
            guard changes.rowCount == 0 else { return }
            guard try await hasAnotherVersion(entity.id) else { throw .nothingToReplace }
            throw .outdated
        }
    }

    /// Stores an entity whether or not its identifier is taken: one `INSERT … ON CONFLICT`.
    ///
    /// A conflict in another unique column is a ``StorageError/Code/constraintViolation``.
    ///
    /// - Throws: ``StorageError/Code/conflict`` when there is another version than the entity's.
    public func upsert(_ entity: Entity) async throws(StorageError) {
        try await run("upsert") { () throws(StorageError) in
            let row = try encode(entity)
            let statement = try statements.writing(row.columns)
            let changes = try await database.execute(SQL(text: statement.upsert, row.values))
            guard statement.versionIndex != nil, changes.rowCount == 0 else { return }
            throw .outdated
        }
    }

    /// Removes the entity with this identifier, whatever its version: one `DELETE`.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func delete(_ id: Entity.ID) async throws(StorageError) -> Bool {
        try await run("delete") { () throws(StorageError) in
            let delete = SQL(text: try statements.byKey().delete, [try id.sqlValue])
            return try await database.execute(delete).rowCount > 0
        }
    }

    /// The row of an entity, which has to hold its key and, where there is one, its version.
    private func encode(_ entity: Entity) throws(StorageError) -> EncodedRow {
        let row = try EncodedRow(entity)
        guard row.columns.contains(key) else {
            throw StorageError(
                code: .encodingFailed,
                message: "\(Entity.self) encodes no \"\(key)\"; pass the key's column as key:")
        }
        guard let version = statements.version, !row.columns.contains(version) else { return row }
        throw StorageError(
            code: .encodingFailed,
            message: "\(Entity.self) encodes no \"\(version)\"; say its versionColumn")
    }
}
