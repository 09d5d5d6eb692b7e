extension TableRepository: ConditionalRepository where Entity: VersionedEntity {
    /// The version that the entity carries.
    public func version(of entity: Entity) -> CacheVersion { CacheVersion(Int64(entity.version)) }

    /// The entity with this identifier, unless its row has this version: one `SELECT`, whose row
    /// is all NULL but for a mark when the version is the same.
    ///
    /// A table in which deleted keys come back needs versions that go on: insert with a version
    /// that the key never had.
    public func get(
        _ id: Entity.ID, unlessVersion version: CacheVersion
    ) async throws(StorageError) -> ConditionalRead<Entity> {
        try await run("get") { () throws(StorageError) in
            let number = SQLValue.integer(version.rawValue)
            let select = SQL(
                text: try statements.byKey().selectUnlessVersion,
                [number, try id.sqlValue, number])
            let row = try await database.first(select, as: ConditionalRow<Entity>.self)
            guard let row else { return .absent }
            return row.entity.map(ConditionalRead.changed) ?? .unchanged
        }
    }
}

/// A row that is an entity, or the mark that it is not needed.
private struct ConditionalRow<Entity: Decodable & Sendable>: Decodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case isCurrent = "storagekit_is_current"
    }

    let entity: Entity?

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let isCurrent = try container.decode(Int.self, forKey: .isCurrent) != 0
        entity = isCurrent ? nil : try Entity(from: decoder)
    }
}
