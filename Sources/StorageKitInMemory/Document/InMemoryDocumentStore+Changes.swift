public import StorageKit
internal import Synchronization

extension InMemoryDocumentStore: ChangeFeedDocumentStore {
    /// Opens a feed of a collection's changes.
    ///
    /// Nothing is kept for a feed: it reads what the store remembers, as many changes as it was
    /// told to. A reader that falls further behind throws
    /// ``StorageKit/StorageError/Code/notFound``.
    public func changes<Entity: Decodable & Sendable>(
        of collection: String, after position: DocumentFeedPosition?, withDocuments: Bool,
        as type: Entity.Type
    ) async throws(StorageError) -> DocumentFeed<Entity> {
        try DocumentCollectionName.check(collection)
        let given = try position.map { (position) throws(StorageError) in
            try position.number(in: collection)
        }
        let beginning = try withState { state throws(StorageError) in
            guard let given else { return state.history.end }
            guard given <= state.history.end else { throw .positionAhead }
            guard state.history.changes(after: given) != nil else { throw .positionTooOld }
            return given
        }
        let source = InMemoryFeedSource<Entity>(self, collection, beginning, withDocuments)
        return DocumentFeed(from: DocumentFeedPosition(beginning, in: collection), source)
    }

    /// Waits until there are changes after this one, or the store is closed.
    func waitForChanges(after number: UInt64) async {
        let waiter = waiters.wrappingAdd(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state in
                    guard !state.isClosed, state.history.end == number, !Task.isCancelled else {
                        return false
                    }
                    state.waiting[waiter] = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }
}

/// Where one feed is.
private final class InMemoryFeedSource<Entity: Decodable & Sendable>: ResultSource {
    private typealias Found = (entry: InMemoryHistory.Entry, now: Document?)

    private static var batchSize: Int { 100 }

    private let store: InMemoryDocumentStore
    private let collection: String
    private let withDocuments: Bool
    private let state: Mutex<(number: UInt64, isOver: Bool)>

    init(
        _ store: InMemoryDocumentStore, _ collection: String, _ beginning: UInt64,
        _ withDocuments: Bool
    ) {
        self.store = store
        self.collection = collection
        self.withDocuments = withDocuments
        state = Mutex((beginning, false))
    }

    func nextBatch() async throws(StorageError) -> [DocumentEvent<Entity>] {
        while true {
            let (number, isOver) = state.withLock(\.self)
            if isOver { return [] }
            let (found, end) = try look(after: number)
            let isLast = found.contains {
                if case .dropped = $0.entry.change { true } else { false }
            }
            state.withLock { $0 = (end, isLast) }
            if !found.isEmpty { return found.map { event($0.entry, $0.now) } }
            await store.waitForChanges(after: end)
        }
    }

    func close() { state.withLock { $0.isOver = true } }

    /// The next changes of the collection, and how far was looked.
    private func look(after number: UInt64) throws(StorageError) -> ([Found], UInt64) {
        try store.withState { [collection, withDocuments] state throws(StorageError) in
            guard let changes = state.history.changes(after: number) else { throw .positionTooOld }
            let documents = withDocuments ? state.collections[collection] : nil
            var found: [Found] = []
            for entry in changes where entry.collection == collection {
                found.append((entry, documents?.document(now: entry.change)))
                if case .dropped = entry.change { return (found, entry.number) }
                if found.count == Self.batchSize { return (found, entry.number) }
            }
            return (found, state.history.end)
        }
    }

    private func event(
        _ entry: InMemoryHistory.Entry, _ now: Document?
    ) -> DocumentEvent<Entity> {
        let position = DocumentFeedPosition(entry.number, in: collection)
        guard case .document(let change) = entry.change else {
            return DocumentEvent(position: position, id: .null, change: .success(.dropped))
        }
        let outcome = Result { () throws(StorageError) -> DocumentEvent<Entity>.Change in
            switch change {
            case .inserted(let document): return .inserted(try decoded(document))
            case .replaced(_, let document): return .replaced(try decoded(document))
            case .updated(let old, let new):
                return .updated(
                    DocumentUpdateDescription(from: old, to: new),
                    now: try now.map { (now) throws(StorageError) in try decoded(now) })
            case .removed: return .deleted
            }
        }
        return DocumentEvent(position: position, id: change.id, change: outcome)
    }

    private func decoded(_ document: Document) throws(StorageError) -> Entity {
        try DocumentDecoder().decode(Entity.self, from: document)
    }
}

extension InMemoryDocuments {
    /// The document that was updated, as it is now.
    fileprivate func document(now change: InMemoryHistory.Change) -> Document? {
        guard case .document(.updated(let old, _)) = change, let id = old["_id"] else { return nil }
        return slot(of: DocumentWorth(id)).flatMap { document(in: $0) }
    }
}

extension DocumentFeedPosition {
    private static var kind: String { "memory" }

    fileprivate init(_ number: UInt64, in collection: String) {
        self.init(.int64(Int64(clamping: number)), of: collection, kind: Self.kind)
    }

    fileprivate func number(in collection: String) throws(StorageError) -> UInt64 {
        guard case .int64(let number) = try token(of: collection, kind: Self.kind),
            let number = UInt64(exactly: number)
        else { throw .positionAhead }
        return number
    }
}

extension StorageError {
    fileprivate static var positionTooOld: StorageError {
        StorageError(
            code: .notFound,
            message: "the position is older than what the store remembers; read everything anew",
            operation: "changes")
    }

    fileprivate static var positionAhead: StorageError {
        StorageError(
            code: .invalidArgument, message: "the position is of another store",
            operation: "changes")
    }
}
