/// A document store that finds documents by the words of their texts.
///
/// ```swift
/// try await posts.createIndexes(.text("title", "body"))
/// for try await match in posts.search(DocumentTextSearch("swift"), limit: 10) { … }
/// ```
public protocol TextSearchingDocumentStore: IndexedDocumentStore {
    /// The documents that have the words in the fields of the collection's index of texts, best
    /// first; those that are as good as each other by their identifiers.
    ///
    /// One round trip for each batch; nothing is asked before the first document is.
    ///
    /// - Parameters:
    ///   - search: The words and phrases.
    ///   - filter: What else the documents have to be like; that of a partial index among it.
    ///   - limit: How many at the most.
    ///   - collection: The collection's name.
    ///   - type: What the documents are.
    /// - Throws: ``StorageError/Code/missingIndex`` when the collection has no index of texts, or
    ///   one that is partial and not of what the filter asks for;
    ///   ``StorageError/Code/invalidArgument`` when the search looks for no word.
    func search<Entity: Decodable & Sendable>(
        _ search: DocumentTextSearch, where filter: DocumentFilter, limit: Int,
        in collection: String, as type: Entity.Type
    ) -> ResultSequence<DocumentTextMatch<Entity>>
}

extension DocumentCollection where Store: TextSearchingDocumentStore {
    /// The documents that have the words in the fields of the index of texts, best first.
    ///
    /// One round trip for each batch. See
    /// ``TextSearchingDocumentStore/search(_:where:limit:in:as:)``.
    public func search(
        _ search: DocumentTextSearch, where filter: DocumentFilter = .all, limit: Int
    ) -> ResultSequence<DocumentTextMatch<Entity>> {
        store.search(search, where: filter, limit: limit, in: name, as: Entity.self)
    }
}

extension StorageError {
    /// The error of a search without an index that serves it.
    package static var missingTextIndex: StorageError {
        StorageError(
            code: .missingIndex,
            message: "the collection has no index of texts, or a partial one that the filter does "
                + "not ask for; make one")
    }
}
