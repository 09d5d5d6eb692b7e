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
            let text = try statements.writing(row.columns).insert
            try await database.execute(RenderedSQL(text: text, values: row.values))
        }
    }

    /// Stores an entity in place of the one with its identifier: one `UPDATE`.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none to replace.
    public func replace(_ entity: Entity) async throws(StorageError) {
        try await run("replace") { () throws(StorageError) in
            let changes = try await database.execute(try replacement(with: entity))
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
            let text = try statements.writing(row.columns).upsert
            try await database.execute(RenderedSQL(text: text, values: row.values))
        }
    }

    /// Removes the entity with this identifier: one `DELETE`.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    public func delete(_ id: Entity.ID) async throws(StorageError) -> Bool {
        try await run("delete") { () throws(StorageError) in
            let text = try statements.byKey().delete
            let delete = RenderedSQL(text: text, values: [try id.sqlValue])
            return try await database.execute(delete).rowCount > 0
        }
    }

    private func encode(_ entity: Entity) throws(StorageError) -> EncodedRow {
        let row = try EncodedRow(entity)
        guard row.columns.contains(key) else {
            throw StorageError(
                code: .encodingFailed,
                message: "\(Entity.self) encodes no \"\(key)\"; pass the key's column as key:")
        }
        return row
    }

    private func replacement(with entity: Entity) throws(StorageError) -> RenderedSQL {
        let row = try encode(entity)
        let statement = try statements.writing(row.columns)
        let assigned = zip(row.values, statement.isAssigned).filter(\.1).map(\.0)
        return RenderedSQL(text: statement.replace, values: assigned + [try entity.id.sqlValue])
    }
}

extension RenderedSQL {
    /// A statement whose parameters all have their values.
    fileprivate init(text: String, values: [SQLValue]) {
        self.init(text: text, parameters: values.map(Parameter.value))
    }
}
