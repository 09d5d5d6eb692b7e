public import StorageKit
internal import StorageKitBSON

extension MongoDatabase {
    /// Finds a document, changes it and gives it back, in one atomic step.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        let namespace = try namespace(collection)
        let call = try MongoModification(modification, limits)
        return try await run("modify", writes: true) {
            [writeOptions, core] (session) throws(StorageError) in
            var options = writeOptions
            options["maxTimeMS"] = .int64(
                Int64(core.settings.operationTimeout.mongoMilliseconds))
            return try session.modify(call, options, in: namespace, as: Entity.self)
        }
    }
}
