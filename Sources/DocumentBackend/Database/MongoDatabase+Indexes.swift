public import StorageKit

extension MongoDatabase: IndexedDocumentStore {
    /// The indexes of a collection but that of the identifiers, which each has.
    ///
    /// It asks the primary: one round trip.
    public func indexes(of collection: String) async throws(StorageError) -> [DocumentIndex] {
        let namespace = try namespace(collection)
        let reply: Document
        do throws(StorageError) {
            reply = try await core.run("indexes") { [core] (session) throws(StorageError) in
                try session.read(
                    ["listIndexes": .string(namespace.collection)], core.timeLimit,
                    in: namespace.database, nil)
            }
        } catch {
            guard error.code == .notFound else { throw error }
            return []
        }
        guard case .array(let values)? = reply[path: "cursor.firstBatch"] else { return [] }
        return values.compactMap { value in
            guard case .document(let index) = value else { return nil }
            return DocumentIndex(mongo: index)
        }.filter { $0.name != DocumentIndex.identifiersName }
    }

    /// Makes indexes, all or none; one that is there as it should be stays.
    ///
    /// One round trip. The server needs as long as it needs: where that is longer than
    /// `socketTimeoutMS`, the call throws ``StorageError/Code/unavailable``, and the server goes
    /// on.
    public func createIndexes(
        _ indexes: [DocumentIndex], on collection: String
    ) async throws(StorageError) {
        let namespace = try namespace(collection)
        do throws(StorageError) { try DocumentIndex.check(indexes) } catch {
            throw error.adding(operation: "createIndexes", store: core.name)
        }
        guard !indexes.isEmpty else { return }
        let command: Document = [
            "createIndexes": .string(namespace.collection),
            "indexes": .array(indexes.map { .document($0.mongo) }),
        ]
        do throws(StorageError) {
            _ = try await core.run("createIndexes", writes: true) {
                [writeOptions] (session) throws(StorageError) in
                try session.write(command, writeOptions, in: namespace.database)
            }
        } catch {
            throw error.ofIndexes
        }
    }

    /// Removes an index: one round trip.
    public func dropIndex(
        named name: String, on collection: String
    ) async throws(StorageError) {
        let namespace = try namespace(collection)
        do throws(StorageError) { try DocumentIndex.checkIsDroppable(name) } catch {
            throw error.adding(operation: "dropIndex", store: core.name)
        }
        let command: Document = [
            "dropIndexes": .string(namespace.collection), "index": .string(name),
        ]
        _ = try await core.run("dropIndex", writes: true) {
            [writeOptions] (session) throws(StorageError) in
            try session.write(command, writeOptions, in: namespace.database)
        }
    }
}

extension StorageError {
    /// The server has one code for every index that it does not make.
    fileprivate var ofIndexes: StorageError {
        guard native?.number == Self.cannotCreateIndex,
            let text = underlying as? MongoErrorText, text.description.contains("too many indexes")
        else { return self }
        return changed {
            $0.code = .limitExceeded
            $0.message = "the collection would have more indexes than the server takes"
        }
    }

    private static let cannotCreateIndex = 67
}
