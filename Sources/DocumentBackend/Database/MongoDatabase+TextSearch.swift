public import StorageKit

extension MongoDatabase: TextSearchingDocumentStore {
    /// The documents that have the words in the fields of the collection's index of texts, best
    /// first.
    public func search<Entity: Decodable & Sendable>(
        _ search: DocumentTextSearch, where filter: DocumentFilter, limit: Int,
        in collection: String, as type: Entity.Type
    ) -> ResultSequence<DocumentTextMatch<Entity>> {
        ResultSequence {
            MongoTextResults(
                MongoResults(self, "search") { (session) throws(StorageError) in
                    try cursor(search, filter, limit, collection, session)
                })
        }
    }

    /// Begins a search; `nil` when no documents are wanted, which to the server are all.
    private func cursor(
        _ search: DocumentTextSearch, _ filter: DocumentFilter, _ limit: Int,
        _ collection: String, _ session: MongoSession
    ) throws(StorageError) -> MongoCursor? {
        let namespace = try namespace(collection)
        try search.check()
        try DocumentQuery(filter, limit: limit).check()
        if limit == 0 { return nil }
        var options = readOptions
        options["maxTimeMS"] = nil
        options["limit"] = .int64(Int64(limit))
        options["batchSize"] = .int64(Int64(core.settings.batchSize))
        let score: DocumentValue = ["$meta": "textScore"]
        options["sort"] = ["score": score, "_id": 1]
        options["projection"] = ["_id": 0, "entity": "$$ROOT", "score": score]
        let text: DocumentValue = ["$text": ["$search": .string(search.mongo)]]
        return try session.find(
            ["$and": [text, .document(filter.mongo)]], options, in: namespace, readPreference)
    }
}

extension DocumentTextSearch {
    /// The search as `$text` reads it: words of which nothing can be read as a sign.
    fileprivate var mongo: String {
        let parts =
            words.flatMap { DocumentText($0).words } + phrases.map { "\"\($0)\"" }
            + unwantedWords.map { "-\($0)" } + excludedPhrases.map { "-\"\($0)\"" }
        return parts.joined(separator: " ")
    }
}

/// The documents of a search, whose errors say that the index is missing.
private final class MongoTextResults<Entity: Decodable & Sendable>: ResultSource {
    private let base: MongoResults<DocumentTextMatch<Entity>>

    init(_ base: MongoResults<DocumentTextMatch<Entity>>) { self.base = base }

    func nextBatch() async throws(StorageError) -> [DocumentTextMatch<Entity>] {
        do throws(StorageError) {
            return try await base.nextBatch()
        } catch {
            guard let number = error.native?.number, Self.missing.contains(number) else {
                throw error
            }
            throw error.changed {
                $0.code = StorageError.missingTextIndex.code
                $0.message = StorageError.missingTextIndex.message
            }
        }
    }

    func close() { base.close() }

    /// No index of texts, and none that serves the query: that of a partial index, for example.
    private static var missing: Set<Int> { [27, 291] }
}
