public import StorageKit

extension InMemoryDocumentStore: IndexedDocumentStore {
    /// The indexes of a collection but that of the identifiers, in the order of their making.
    public func indexes(of collection: String) async throws(StorageError) -> [DocumentIndex] {
        try withDocuments(of: collection) { documents throws(StorageError) in
            documents.indexes.dropFirst().map(\.index)
        }
    }

    /// Makes indexes, all or none; one that is there as it should be stays.
    ///
    /// O(n log n) in the number of documents, while which other calls wait.
    public func createIndexes(
        _ indexes: [DocumentIndex], on collection: String
    ) async throws(StorageError) {
        try DocumentIndex.check(indexes)
        guard !indexes.isEmpty else { return }
        try withCollections(collection) { collections throws(StorageError) in
            var documents = collections[collection] ?? InMemoryDocuments()
            try documents.create(indexes)
            collections[collection] = documents
        }
    }

    /// Removes an index.
    public func dropIndex(
        named name: String, on collection: String
    ) async throws(StorageError) {
        try DocumentIndex.checkIsDroppable(name)
        try withCollections(collection) { collections throws(StorageError) in
            var documents = collections[collection] ?? InMemoryDocuments()
            try documents.dropIndex(named: name)
            collections[collection] = documents.isBare ? nil : documents
        }
    }
}
