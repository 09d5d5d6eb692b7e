public import StorageKit
internal import StorageKitBSON

extension MongoDatabase: DocumentStore {
    /// Carries out writes.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        let namespace = try namespace(collection)
        guard !writes.isEmpty else { return DocumentWriteResult() }
        let prepared = try prepared(writes)
        return try await run("write", writes: true) {
            [writeOptions, core] (session) throws(StorageError) in
            try session.execute(
                prepared, isOrdered: isOrdered, writeOptions, in: namespace, store: core.name)
        }
    }

    /// The documents that a query finds, batch by batch.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        ResultSequence {
            MongoResults(self, "find") { (session) throws(StorageError) in
                try cursor(query, collection, session)
            }
        }
    }

    /// The first document that a query finds, or `nil`.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        let namespace = try namespace(collection)
        try query.check()
        var options = findOptions(query)
        options["limit"] = .int64(1)
        options["singleBatch"] = true
        let filter = query.filter.mongo
        return try await run("first") {
            [options, readPreference] (session) throws(StorageError) in
            let cursor = try session.find(filter, options, in: namespace, readPreference)
            return try cursor.next(type)?.0
        }
    }

    /// How many documents match, counted one by one or in an index.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        let namespace = try namespace(collection)
        try filter.check()
        let pipeline: DocumentValue = [
            ["$match": .document(filter.mongo)], ["$group": ["_id": 1, "n": ["$sum": 1]]],
        ]
        let reply = try await read(
            "count",
            ["aggregate": .string(namespace.collection), "pipeline": pipeline, "cursor": [:]])
        return reply[path: "cursor.firstBatch.0.n"]?.wholeNumber ?? 0
    }

    /// About how many documents the collection has: what the server knows without counting.
    public func estimatedCount(of collection: String) async throws(StorageError) -> Int {
        let namespace = try namespace(collection)
        let reply = try await read("estimatedCount", ["count": .string(namespace.collection)])
        return reply["n"]?.wholeNumber ?? 0
    }

    /// The different values at a path, of the documents that match; of an array, its elements.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        let namespace = try namespace(collection)
        try DocumentQuery(filter, projection: .only([path])).check()
        let reply = try await read(
            "distinct",
            [
                "distinct": .string(namespace.collection), "key": .string(path.text),
                "query": .document(filter.mongo),
            ])
        guard case .array(let values)? = reply["values"] else { return [] }
        return values
    }

    /// Removes a collection with all its documents and indexes.
    public func drop(_ collection: String) async throws(StorageError) {
        let namespace = try namespace(collection)
        do throws(StorageError) {
            _ = try await run("drop", writes: true) {
                [writeOptions] (session) throws(StorageError) in
                try session.write(
                    ["drop": .string(namespace.collection)], writeOptions, in: namespace.database)
            }
        } catch {
            // A collection that is not there need not be removed.
            guard error.code == .notFound else { throw error }
        }
    }

    /// Finishes the calls that were accepted and closes every connection; later calls throw
    /// ``StorageError/Code/invalidState``.
    public func close() async { await core.close() }

    /// Begins a query; `nil` when no documents are wanted, which to the server are all.
    private func cursor(
        _ query: DocumentQuery, _ collection: String, _ session: MongoSession
    ) throws(StorageError) -> MongoCursor? {
        try query.check()
        if query.limit == 0 { return nil }
        var options = findOptions(query)
        // The server adds up what all batches take; how long a reader reads is his own affair.
        options["maxTimeMS"] = nil
        if let limit = query.limit { options["limit"] = .int64(Int64(limit)) }
        options["batchSize"] = .int64(Int64(core.settings.batchSize))
        return try session.find(
            query.filter.mongo, options, in: namespace(collection), readPreference)
    }

    /// The options of a query, without its batch size.
    func findOptions(_ query: DocumentQuery) -> Document {
        var options = readOptions
        if !query.order.isEmpty { options["sort"] = .document(query.order.mongo) }
        if let projection = query.projection.mongo {
            options["projection"] = .document(projection)
        }
        if query.skip > 0 { options["skip"] = .int64(Int64(query.skip)) }
        return options
    }

    private func prepared<Entity: Encodable>(
        _ writes: [DocumentWrite<Entity>]
    ) throws(StorageError) -> [MongoWrite] {
        guard writes.count <= limits.maximumWritesPerCall else {
            throw StorageError(
                code: .limitExceeded,
                message: "\(writes.count) writes in one call are more than "
                    + "\(limits.maximumWritesPerCall); make several calls",
                operation: "write", store: core.name)
        }
        do throws(StorageError) {
            var prepared: [MongoWrite] = []
            prepared.reserveCapacity(writes.count)
            for write in writes { prepared.append(try MongoWrite(write, limits, .shared)) }
            return prepared
        } catch {
            throw error.adding(operation: "write", store: core.name)
        }
    }

    private func read(
        _ operation: String, _ command: Document
    ) async throws(StorageError) -> Document {
        try await run(operation) {
            [readOptions, readPreference, core] (session) throws(StorageError) in
            try session.read(command, readOptions, in: core.database, readPreference)
        }
    }
}
