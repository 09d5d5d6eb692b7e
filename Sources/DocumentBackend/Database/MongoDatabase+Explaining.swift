public import StorageKit

extension MongoDatabase: ExplainingDocumentStore {
    /// How the server would find the documents of a query; it is not run.
    ///
    /// One round trip. The steps are the names of the server's stages, with the index of those that
    /// read one.
    public func explain(
        _ query: DocumentQuery, in collection: String
    ) async throws(StorageError) -> DocumentPlan {
        let namespace = try namespace(collection)
        do throws(StorageError) { try query.check() } catch {
            throw error.adding(operation: "explain", store: core.name)
        }
        var find: Document = [
            "find": .string(namespace.collection), "filter": .document(query.filter.mongo),
        ]
        for field in findOptions(query).fields where field.name != "maxTimeMS" {
            find[field.name] = field.value
        }
        if let limit = query.limit, limit > 0 { find["limit"] = .int64(Int64(limit)) }
        let command: Document = ["explain": .document(find), "verbosity": "queryPlanner"]
        let reply = try await core.run("explain") {
            [readPreference, core] (session) throws(StorageError) in
            try session.read(command, core.timeLimit, in: core.database, readPreference)
        }
        return DocumentPlan(mongo: reply)
    }
}
