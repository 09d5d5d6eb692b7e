public import StorageKit
internal import Synchronization

/// A document store in the memory of this process: the family's reference.
///
/// ```swift
/// let store = InMemoryDocumentStore()
/// let users = DocumentCollection("users", of: User.self, in: store)
/// ```
///
/// It does what the protocol promises and means by filters, updates and orders what MongoDB means,
/// so a program that works with it works with a server. Tests give it a clock and identifiers of
/// their own.
///
/// ## What it promises beyond the protocol
///
/// * **A call is one step**: nobody sees a part of what a write does to several documents.
/// * **A sequence is a snapshot** of the moment in which its first document was asked for.
/// * **Documents without an order come as they were inserted**, with an index or without.
/// * **What has expired is gone with the next call**, by the clock that the store was given.
/// * **Of two transactions the first to commit wins**; a server refuses the second to write.
/// * **The last changes are remembered**, as many as it is told to, and feeds read those: a reader
///   that falls further behind is told so.
///
/// ## What it does not do
///
/// * It survives nothing: when the process ends, all is gone.
/// * Patterns are Swift's `Regex`, which knows most of what Perl's have.
///
/// ## How it is made
///
/// Entities are encoded and decoded outside of one lock, behind which all collections are. A call
/// holds it for as long as its look at the documents takes, and never suspends.
public final class InMemoryDocumentStore: DocumentStore {
    /// How much one call may carry.
    public let limits: DocumentLimits

    let state: Mutex<State>
    /// How many have waited for changes.
    let waiters = Atomic<UInt64>(0)
    let ids: ObjectIDGenerator
    let now: @Sendable () -> DocumentDate
    /// The transaction whose copy it is, without which it is of no use.
    private let transaction: TransactionState?

    /// What the lock protects.
    struct State {
        var collections: [String: InMemoryDocuments] = [:]
        var history: InMemoryHistory
        /// Those who wait for the next change.
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var isClosed = false
    }

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - limits: How much one call may carry.
    ///   - ids: What makes the identifiers of documents without one.
    ///   - now: The present, for updates that set it.
    ///   - keptChanges: How many changes are remembered for feeds, and with them the documents.
    public init(
        limits: DocumentLimits = DocumentLimits(), ids: ObjectIDGenerator = .shared,
        now: @escaping @Sendable () -> DocumentDate = { .now }, keptChanges: Int = 10_000
    ) {
        self.limits = limits
        self.ids = ids
        self.now = now
        transaction = nil
        state = Mutex(State(history: InMemoryHistory(limit: keptChanges)))
    }

    /// A copy of another store's documents: what a transaction works on.
    init(
        copying collections: [String: InMemoryDocuments], of store: InMemoryDocumentStore,
        for transaction: TransactionState
    ) {
        (limits, ids, now) = (store.limits, store.ids, store.now)
        self.transaction = transaction
        state = Mutex(State(collections: collections, history: InMemoryHistory(limit: .max)))
    }

    /// Removes everything; later calls throw ``StorageKit/StorageError/Code/invalidState``.
    public func close() async {
        end()
    }

    /// Removes everything.
    func end() {
        let woken = state.withLock { state in
            state.isClosed = true
            state.collections = [:]
            defer { state.waiting = [:] }
            return state.waiting.values.map(\.self)
        }
        for reader in woken { reader.resume() }
    }

    /// Removes a collection.
    public func drop(_ collection: String) async throws(StorageError) {
        try DocumentCollectionName.check(collection)
        try withState { state in
            guard state.collections.removeValue(forKey: collection) != nil else { return }
            state.history.append(.dropped, of: collection)
        }
    }

    /// Runs a body on the collections, as one step.
    func withCollections<Value: Sendable>(
        _ name: String,
        _ body: (inout [String: InMemoryDocuments]) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try DocumentCollectionName.check(name)
        return try withState { state throws(StorageError) in
            expire(name, in: &state)
            return try body(&state.collections)
        }
    }

    /// Runs a body that changes documents of a collection, as one step.
    func changingDocuments<Value: Sendable>(
        of name: String, _ body: (inout InMemoryDocuments) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try DocumentCollectionName.check(name)
        return try withState { state throws(StorageError) in
            expire(name, in: &state)
            var documents = state.collections[name] ?? InMemoryDocuments()
            // So that there is one owner, and nothing is copied.
            state.collections[name] = nil
            defer {
                documents.closeGaps()
                for change in documents.takeChanges() {
                    state.history.append(.document(change), of: name)
                }
                state.collections[name] = documents.isBare ? nil : documents
            }
            return try body(&documents)
        }
    }

    /// Removes what has expired of a collection; what a transaction works on stays as it began.
    func expire(_ name: String, in state: inout State) {
        guard transaction == nil, state.collections[name] != nil else { return }
        state.collections[name]?.removeExpired(at: now)
        for change in state.collections[name]?.takeChanges() ?? [] {
            state.history.append(.document(change), of: name)
        }
    }

    /// Runs a body on everything, as one step, and wakes those who wait for changes if there are.
    func withState<Value: Sendable>(
        _ body: (inout State) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try HeldConnection.check(self)
        guard !Task.isCancelled else { throw .cancelled() }
        var woken: [CheckedContinuation<Void, Never>] = []
        defer { for reader in woken { reader.resume() } }
        return try state.withLock { state throws(StorageError) in
            try transaction?.check()
            guard !state.isClosed else {
                throw StorageError(code: .invalidState, message: "the store is closed")
            }
            let end = state.history.end
            defer {
                if state.history.end != end {
                    woken = state.waiting.values.map(\.self)
                    state.waiting = [:]
                }
            }
            return try body(&state)
        }
    }

    /// Throws when the store is closed.
    func checkIsOpen() throws(StorageError) { try withState { _ in } }

    /// Runs a body on the documents of a collection, as one step.
    func withDocuments<Value: Sendable>(
        of name: String, _ body: (InMemoryDocuments) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try withCollections(name) { collections throws(StorageError) in
            try body(collections[name] ?? InMemoryDocuments())
        }
    }
}
