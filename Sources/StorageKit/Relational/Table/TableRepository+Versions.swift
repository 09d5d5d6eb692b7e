extension TableRepository where Entity: VersionedEntity {
    /// Stores an entity in place of the one with its identifier and version, and gives it the
    /// version that it has then.
    ///
    /// One round trip, and a second one to learn why it was refused.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none to replace,
    ///   ``StorageError/Code/conflict`` when there is another version than the entity's. The entity
    ///   is then as it was.
    public func replace(_ entity: inout Entity) async throws(StorageError) {
        let replaced: Entity = entity
        try await replace(replaced)
        entity.version += 1
    }

    /// Removes an entity if nobody has changed it: one `DELETE`, and where it found no row a
    /// `SELECT` to learn why.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``StorageError/Code/conflict`` when there is another version than the entity's.
    @discardableResult
    public func delete(_ entity: Entity) async throws(StorageError) -> Bool {
        try await run("delete") { () throws(StorageError) in
            let values = [try entity.id.sqlValue, SQLValue.integer(Int64(entity.version))]
            let delete = SQL(text: try statements.byKey().deleteVersion, values)
            if try await database.execute(delete).rowCount > 0 { return true }
            if try await hasAnotherVersion(entity.id) { throw .outdated }
            return false
        }
    }
}

extension TableRepository {
    /// Whether a row that was not found with its version is there with another one.
    ///
    /// It may have come between the two statements, even with that version: a conflict as well,
    /// for somebody else was at work.
    func hasAnotherVersion(_ id: Entity.ID) async throws(StorageError) -> Bool {
        guard statements.version != nil else { return false }
        let count = SQL(text: try statements.byKey().count, [try id.sqlValue])
        return try await database.first(count, as: Int.self) != 0
    }
}
