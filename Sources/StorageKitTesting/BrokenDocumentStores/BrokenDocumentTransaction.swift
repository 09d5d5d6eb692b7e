public import StorageKit
import Synchronization

/// A transaction with a defect, over a sound one.
public struct BrokenDocumentTransaction<Base: TransactionalDocumentStore>: DocumentQuerying {
    private let sound: Base.Transaction
    private let store: Base
    private let defect: DocumentTransactionDefect
    private let memory: BrokenTransactionMemory<Base>

    init(
        _ sound: Base.Transaction, _ store: Base, _ defect: DocumentTransactionDefect,
        _ memory: BrokenTransactionMemory<Base>
    ) {
        self.sound = sound
        self.store = store
        self.defect = defect
        self.memory = memory
    }

    /// Those of what is broken.
    public var limits: DocumentLimits { sound.limits }

    /// Carries out writes, with the defect.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        let number = memory.writes.wrappingAdd(1, ordering: .relaxed).newValue
        let onStore: @Sendable (Base) async throws(StorageError) -> DocumentWriteResult = {
            (store) throws(StorageError) in
            try await store.write(writes, to: collection, isOrdered: isOrdered)
        }
        memory.note { _ = try await onStore($0) }
        switch defect {
        case .commitsOneCollection where collection == "others": return .pretended
        case .losesSecondWrite where number == 2: return .pretended
        case .writesThrough: return try await outside(onStore)
        case .staysOpen where memory.isOver.load(ordering: .relaxed):
            return try await outside(onStore)
        case .wantsCollections:
            guard try await sound.count(.all, in: collection) > 0 else {
                throw StorageError(code: .unsupported, message: "broken")
            }
        case .goesOn:
            if case .insert(let entity)? = writes.first, let id = (entity as? Document)?["_id"],
                try await sound.count(.field(.id, .equal(id)), in: collection) > 0
            {
                throw StorageError(code: .alreadyExists, message: "broken")
            }
        default: break
        }
        return try await sound.write(writes, to: collection, isOrdered: isOrdered)
    }

    /// The documents that a query finds, with the defect.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        var query = query
        if defect == .endsSequences { query.limit = min(query.limit ?? 1_000, 1_000) }
        guard readsOutside else { return sound.find(query, in: collection, as: type) }
        return ResultSequence { [store, query] in
            BrokenTransactionSource {
                try await Task.detached {
                    var found: [Entity] = []
                    for try await entity in store.find(query, in: collection, as: type) {
                        found.append(entity)
                    }
                    return found
                }.value
            }
        }
    }

    /// The first document that a query finds, with the defect.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        guard readsOutside else { return try await sound.first(query, in: collection, as: type) }
        return try await outside { (store) throws(StorageError) in
            try await store.first(query, in: collection, as: type)
        }
    }

    /// Finds a document, changes it and gives it back.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        try await sound.modify(modification, in: collection)
    }

    /// How many documents match, with the defect.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        guard readsOutside else { return try await sound.count(filter, in: collection) }
        return try await outside { (store) throws(StorageError) in
            try await store.count(filter, in: collection)
        }
    }

    /// The different values at a path.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        try await sound.distinct(path, where: filter, in: collection)
    }

    private var readsOutside: Bool {
        switch defect {
        case .readsBehind: true
        case .readsNewest: memory.writes.load(ordering: .relaxed) == 0
        case .staysOpen: memory.isOver.load(ordering: .relaxed)
        default: false
        }
    }

    /// Makes a call of the store, which does not see that it is made inside a transaction.
    private func outside<Value: Sendable>(
        _ body: @escaping @Sendable (Base) async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await Task.detached { [store] in
            await Result(of: { () async throws(StorageError) in try await body(store) })
        }.value.get()
    }
}

/// What one transaction has done.
final class BrokenTransactionMemory<Base: TransactionalDocumentStore>: Sendable {
    typealias Step = @Sendable (Base) async throws -> Void

    let isOver = Atomic<Bool>(false)
    let writes = Atomic<Int>(0)
    private let steps = Mutex<[Step]>([])

    func note(_ step: @escaping Step) { steps.withLock { $0.append(step) } }

    /// Does it again, on the store.
    func redo(on store: Base) async throws {
        let steps = steps.withLock(\.self)
        try await Task.detached { for step in steps { try await step(store) } }.value
    }
}

/// Documents that were read elsewhere, in one batch.
private final class BrokenTransactionSource<Element: Sendable>: ResultSource {
    private let read: @Sendable () async throws -> [Element]
    private let isRead = Atomic<Bool>(false)

    init(_ read: @escaping @Sendable () async throws -> [Element]) { self.read = read }

    func nextBatch() async throws(StorageError) -> [Element] {
        if isRead.exchange(true, ordering: .relaxed) { return [] }
        do { return try await read() } catch {
            throw error as? StorageError ?? StorageError(code: .internalError, message: "broken")
        }
    }

    func close() {}
}

extension DocumentWriteResult {
    /// That of one write, which was not made.
    fileprivate static var pretended: DocumentWriteResult {
        var result = DocumentWriteResult()
        (result.inserted, result.matched) = (1, 1)
        return result
    }
}

extension Result where Failure == StorageError {
    /// The outcome of an asynchronous body.
    init(of body: () async throws(StorageError) -> Success) async {
        do throws(StorageError) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
