public import StorageKit
internal import Synchronization

extension InMemoryDocumentStore {
    /// The documents that a query finds, as they are when the first one is asked for.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        ResultSequence { InMemoryDocumentSource(store: self, query, collection) }
    }

    /// The first document that a query finds, or `nil`.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        var query = query
        query.limit = 1
        guard let document = try documents(query, collection).first else { return nil }
        return try DocumentDecoder().decode(type, from: document)
    }

    /// How many documents match.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        let matcher = try DocumentMatcher(filter)
        return try withDocuments(of: collection) { documents throws(StorageError) in
            documents.matches(filter, matcher).count
        }
    }

    /// How many documents the collection has.
    public func estimatedCount(of collection: String) async throws(StorageError) -> Int {
        try withDocuments(of: collection) { documents throws(StorageError) in documents.count }
    }

    /// The different values at a path, in the order in which they are met.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        // What a filter refuses of a path is what distinct refuses.
        try DocumentFilter.field(path, .exists(true)).check()
        let matcher = try DocumentMatcher(filter)
        let found = try withDocuments(of: collection) { documents throws(StorageError) in
            documents.matches(filter, matcher).map(\.document)
        }
        var seen: Set<DocumentWorth> = []
        return found.flatMap { $0.values(at: path) }.filter {
            seen.insert(DocumentWorth($0)).inserted
        }
    }

    /// The documents that a query finds now.
    func documents(
        _ query: DocumentQuery, _ collection: String
    ) throws(StorageError) -> [Document] {
        try query.check()
        let matcher = try DocumentMatcher(query.filter)
        let projector = try DocumentProjector(query.projection)
        let limit = query.limit ?? .max
        let (most, isOver) = limit.addingReportingOverflow(query.skip)
        let found = try withDocuments(of: collection) { documents throws(StorageError) in
            try documents.sorted(
                query.filter, matcher, by: query.order, limit: isOver ? .max : most)
        }
        return found.dropFirst(query.skip).prefix(limit).map { projector($0) }
    }
}

/// One run of a query: a snapshot, decoded batch by batch.
private final class InMemoryDocumentSource<Entity: Decodable & Sendable>: ResultSource {
    private static var batchSize: Int { 100 }

    private let store: InMemoryDocumentStore
    private let query: DocumentQuery
    private let collection: String
    /// What has not been given out; `nil` before the first batch.
    private let rest = Mutex<ArraySlice<Document>?>(nil)

    init(store: InMemoryDocumentStore, _ query: DocumentQuery, _ collection: String) {
        self.store = store
        self.query = query
        self.collection = collection
    }

    func nextBatch() async throws(StorageError) -> [Entity] {
        guard !Task.isCancelled else { throw .cancelled() }
        let waiting: ArraySlice<Document>
        if let rest = rest.withLock(\.self) {
            try store.checkIsOpen()
            waiting = rest
        } else {
            waiting = try store.documents(query, collection)[...]
        }
        rest.withLock { $0 = waiting.dropFirst(Self.batchSize) }
        var batch: [Entity] = []
        for document in waiting.prefix(Self.batchSize) {
            batch.append(try DocumentDecoder().decode(Entity.self, from: document))
        }
        return batch
    }

    func close() { rest.withLock { $0 = [] } }
}
