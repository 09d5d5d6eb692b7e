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

    let state = Mutex(State())
    let ids: ObjectIDGenerator
    let now: @Sendable () -> DocumentDate

    /// What the lock protects.
    struct State {
        var collections: [String: InMemoryDocuments] = [:]
        var isClosed = false
    }

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - limits: How much one call may carry.
    ///   - ids: What makes the identifiers of documents without one.
    ///   - now: The present, for updates that set it.
    public init(
        limits: DocumentLimits = DocumentLimits(), ids: ObjectIDGenerator = .shared,
        now: @escaping @Sendable () -> DocumentDate = { .now }
    ) {
        self.limits = limits
        self.ids = ids
        self.now = now
    }

    /// Removes everything; later calls throw ``StorageKit/StorageError/Code/invalidState``.
    public func close() async {
        state.withLock { state in
            state.isClosed = true
            state.collections = [:]
        }
    }

    /// Removes a collection.
    public func drop(_ collection: String) async throws(StorageError) {
        try withCollections(collection) { collections in collections[collection] = nil }
    }

    /// Runs a body on the collections, as one step.
    func withCollections<Value: Sendable>(
        _ name: String,
        _ body: (inout [String: InMemoryDocuments]) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try DocumentCollectionName.check(name)
        guard !Task.isCancelled else { throw .cancelled() }
        return try state.withLock { state throws(StorageError) in
            guard !state.isClosed else {
                throw StorageError(code: .invalidState, message: "the store is closed")
            }
            state.collections[name]?.removeExpired(at: self.now)
            return try body(&state.collections)
        }
    }

    /// Runs a body on the documents of a collection, as one step.
    func withDocuments<Value: Sendable>(
        of name: String, _ body: (InMemoryDocuments) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try withCollections(name) { collections throws(StorageError) in
            try body(collections[name] ?? InMemoryDocuments())
        }
    }
}
