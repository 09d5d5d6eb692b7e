internal import Synchronization

/// A document store with a policy for queries that no index serves.
///
/// ```swift
/// let store = ScanPolicyDocumentStore(database, .fail)
/// let users = DocumentCollection("users", of: User.self, in: store)
/// try await users.count(User.city == "Berlin")
/// // missingIndex: no index of users serves a filter by city; …
/// ```
///
/// It asks the store beneath how it would find the documents of each *kind* of query, which is its
/// collection, its filter but for the values and its order, and remembers the answer. It does so
/// for every call that finds documents: `find` when the first one is asked for, `first`, `count`,
/// `distinct`, `modify`, and each update, replacement and removal of a `write`, none of which is
/// sent when one is refused.
///
/// ## What is no scan
///
/// * **All documents, in no order**: reading, changing or removing a whole collection is what was
///   asked for, and no index would help.
/// * **Identifiers**: each collection has their index, so nobody is asked.
///
/// ## What it does not see
///
/// * A kind of query whose index serves some values and not others, because it is partial: it is
///   judged by those that came first. Values that are yes, no or null are told apart.
/// * An index that others make or drop, before what is known is forgotten.
/// * How well an index serves a query; and sorting, if the documents are found by an index.
/// * Calls inside a transaction, aggregations and text searches, which it hands on.
///
/// ## What it costs
///
/// One round trip for each kind of query, or one each by those who ask at the same moment, and none
/// for the next ones until it is forgotten: after a time, when it is one too many, and when indexes
/// of the collection are made or dropped through this store or the collection is. With
/// ``ScanPolicy/allow``, none. A store that has no documents may have any plan, which is not
/// remembered when it reads nothing.
///
/// Copies share what they know.
public struct ScanPolicyDocumentStore<Base: ExplainingDocumentStore>: DocumentStore {
    /// The store beneath.
    public let base: Base
    /// What becomes of queries that no index serves.
    public let policy: ScanPolicy
    let memory: ScanMemory

    /// Puts a policy in front of a store.
    ///
    /// - Parameters:
    ///   - base: The store.
    ///   - policy: What becomes of queries that no index serves.
    ///   - lifetime: How long what is known of a kind of query is remembered.
    ///   - maximumShapes: Of how many kinds at the most.
    ///   - clock: What the time is measured by.
    public init(
        _ base: Base, _ policy: ScanPolicy, lifetime: Duration = .seconds(600),
        maximumShapes: Int = 1_000, clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.base = base
        self.policy = policy
        memory = ScanMemory(maximumCount: maximumShapes, lifetime: lifetime, clock: clock)
    }

    /// Those of the store beneath.
    public var limits: DocumentLimits { base.limits }

    /// Does what the policy says about a query.
    func check(
        _ query: DocumentQuery, in collection: String, _ operation: String
    ) async throws(StorageError) {
        if case .allow = policy { return }
        let filter = query.filter
        if filter.needsNoIndex, !(filter.isAll && !query.order.isEmpty) { return }
        let shape = DocumentQueryShape(query, in: collection)
        if let known = memory.scan(of: shape) {
            if let known { try refuse(known, operation) }
            return
        }
        let epoch = memory.epoch
        let plan = try await base.explain(query, in: collection)
        let scan = plan.scansCollection ? UnindexedScan(query, in: collection, plan) : nil
        let isNothing = !plan.scansCollection && plan.indexes.isEmpty
        let isNew = isNothing || memory.remember(scan, of: shape, since: epoch)
        guard let scan else { return }
        if isNew, case .warn(let handler) = policy { handler(scan) }
        try refuse(scan, operation)
    }

    private func refuse(_ scan: UnindexedScan, _ operation: String) throws(StorageError) {
        guard case .fail = policy else { return }
        throw StorageError(
            code: .missingIndex,
            message: "\(scan); make one, or use the store without this policy for a query that may "
                + "look at every document",
            operation: operation)
    }
}

// MARK: Reading

extension ScanPolicyDocumentStore {
    /// The documents that a query finds, after the policy was asked about it.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        let results = base.find(query, in: collection, as: type)
        if case .allow = policy { return results }
        return ResultSequence {
            PreparedResults(results.makeSource()) { () throws(StorageError) in
                try await check(query, in: collection, "find")
            }
        }
    }

    /// The first document that a query finds, or `nil`.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        try await check(query, in: collection, "first")
        return try await base.first(query, in: collection, as: type)
    }

    /// How many documents match.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        try await check(DocumentQuery(filter), in: collection, "count")
        return try await base.count(filter, in: collection)
    }

    /// The different values at a path, of the documents that match.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        try await check(DocumentQuery(filter), in: collection, "distinct")
        return try await base.distinct(path, where: filter, in: collection)
    }

    /// As the store beneath knows it.
    public func estimatedCount(of collection: String) async throws(StorageError) -> Int {
        try await base.estimatedCount(of: collection)
    }
}

// MARK: Writing

extension ScanPolicyDocumentStore {
    /// Carries out writes, after the policy was asked about the filter of each.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        for write in writes {
            guard let filter = write.filter else { continue }
            try await check(DocumentQuery(filter), in: collection, "write")
        }
        return try await base.write(writes, to: collection, isOrdered: isOrdered)
    }

    /// Finds a document, changes it and gives it back.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        let query = DocumentQuery(modification.filter, order: modification.order)
        try await check(query, in: collection, "modify")
        return try await base.modify(modification, in: collection)
    }

    /// Removes a collection, and forgets what is known of it.
    public func drop(_ collection: String) async throws(StorageError) {
        defer { memory.forget(collection) }
        try await base.drop(collection)
    }

    /// Closes the store beneath.
    public func close() async { await base.close() }
}

extension DocumentWrite {
    /// Which documents it is about; `nil` for an insert.
    fileprivate var filter: DocumentFilter? {
        switch self {
        case .insert: nil
        case .replace(let filter, _, _), .updateOne(let filter, _, _),
            .updateMany(let filter, _, _), .deleteOne(let filter), .deleteMany(let filter):
            filter
        }
    }
}

/// Results that something is done for before the first one is asked for.
private final class PreparedResults<Element: Sendable>: ResultSource {
    private let base: any ResultSource<Element>
    private let prepare: @Sendable () async throws(StorageError) -> Void
    private let isPrepared = Atomic<Bool>(false)

    init(
        _ base: any ResultSource<Element>,
        prepare: @escaping @Sendable () async throws(StorageError) -> Void
    ) {
        self.base = base
        self.prepare = prepare
    }

    func nextBatch() async throws(StorageError) -> [Element] {
        if !isPrepared.exchange(true, ordering: .relaxed) { try await prepare() }
        return try await base.nextBatch()
    }

    func close() { base.close() }
}
