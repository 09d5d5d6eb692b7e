public import StorageKit
import Synchronization

/// A document store with a defect, over a sound one.
public final class BrokenDocumentStore<Base: DocumentStore>: DocumentStore {
    /// The sound one.
    public let base: Base
    let defect: DocumentDefect
    /// How many sequences were begun.
    private let sequences = Atomic<Int>(0)

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentDefect) {
        self.base = base
        self.defect = defect
    }

    /// Those of what is broken.
    public var limits: DocumentLimits { base.limits }

    /// Carries out writes, with the defect.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        let collection = name(collection)
        if defect == .wantsAWrite, writes.isEmpty { throw broken() }
        if defect == .insertsInTwoSteps, writes.count == 1, case .insert(let entity) = writes[0] {
            return try await insertInTwoSteps(entity, collection)
        }
        if defect == .countsInTwoSteps, writes.count == 1 {
            if case .updateOne(let filter, let update, _) = writes[0],
                case .increment(let path, .int64(let amount)) = update.changes[0]
            {
                return try await countInTwoSteps(filter, path, amount, collection)
            }
        }
        let isOrdered =
            switch defect {
            case .goesOnAfterErrors: false
            case .endsAtErrors: true
            default: isOrdered
            }
        var changed = defect.changed(writes)
        if defect == .cutsCalls { changed = Array(changed.prefix(limits.maximumWritesPerCall)) }
        return try await told(changed, collection, isOrdered)
    }

    private func told<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], _ collection: String, _ isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        do throws(StorageError) {
            let result: DocumentWriteResult
            if defect == .ignoresCancellation {
                result = try await uncancelled { [base] () async throws(StorageError) in
                    try await base.write(writes, to: collection, isOrdered: isOrdered)
                }
            } else {
                result = try await base.write(writes, to: collection, isOrdered: isOrdered)
            }
            return swallowing(defect.told(result))
        } catch {
            guard isSwallowed(error) else { throw error }
            return DocumentWriteResult()
        }
    }

    private func swallowing(_ result: DocumentWriteResult) -> DocumentWriteResult {
        var result = result
        result.errors = result.errors.filter { !isSwallowed($1) }
        return result
    }

    /// Whether a defect conceals an error.
    private func isSwallowed(_ error: StorageError) -> Bool {
        switch defect {
        case .findsNoneForInvalid, .acceptsEveryUpdate, .acceptsArrayFilters, .findsNoneForArrays,
            .findsNoneForBadQuery:
            error.code == .invalidArgument
        case .swallowsLargeDocuments, .swallowsDeepDocuments: error.code == .limitExceeded
        default: false
        }
    }

    private func uncancelled<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let task = Task { () async -> Result<Value, StorageError> in
            do throws(StorageError) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        return try await task.value.get()
    }

    private func insertInTwoSteps<Entity: Encodable & Sendable>(
        _ entity: Entity, _ collection: String
    ) async throws(StorageError) -> DocumentWriteResult {
        let id = (entity as? Document)?["_id"] ?? .null
        let filter = DocumentFilter.field(.id, .equal(id))
        let count = try await base.count(filter, in: collection)
        for _ in 0..<20 { await Task.yield() }
        guard count == 0 else { throw StorageError(code: .alreadyExists, message: "broken") }
        var result = try await base.write(
            [DocumentWrite.replace(filter, with: entity, upsert: true)], to: collection,
            isOrdered: true)
        result.inserted = 1
        return result
    }

    private func countInTwoSteps(
        _ filter: DocumentFilter, _ path: DocumentPath, _ amount: Int64, _ collection: String
    ) async throws(StorageError) -> DocumentWriteResult {
        let held = try await base.first(DocumentQuery(filter), in: collection, as: Document.self)
        for _ in 0..<20 { await Task.yield() }
        var sum = amount
        if case .int64(let number) = held?[path: path] { sum += number }
        return try await base.write(
            [DocumentWrite<Document>.updateOne(filter, [.set(path, .int64(sum))])],
            to: collection, isOrdered: true)
    }

    private func broken() -> StorageError {
        StorageError(code: .invalidArgument, message: "broken")
    }

    private func name(_ collection: String) -> String {
        defect == .hasOneCollection ? "one" : collection
    }
}

extension BrokenDocumentStore {
    /// The documents that a query finds, with the defect.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        let sound = base.find(defect.changed(query), in: name(collection), as: type)
        let memory = BrokenDocumentMemory<Entity>()
        return ResultSequence { [self] in
            let number = sequences.wrappingAdd(1, ordering: .relaxed).newValue
            return BrokenDocumentSource(
                sound, defect, memory, isTired: defect == .tires && number > 10)
        }
    }

    /// The first document that a query finds, with the defect.
    public func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity? {
        var query = defect.changed(query)
        if defect == .takesAnyForFirst { query.order = [] }
        return try await base.first(query, in: name(collection), as: type)
    }

    /// Finds a document, changes it and gives it back, with the defect.
    public func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        var modification = modification
        modification.filter = defect.changed(modification.filter)
        switch defect {
        case .returnsOtherState:
            modification.returning = modification.returning == .before ? .after : .before
        case .modifiesAny: modification.order = []
        case .neverUpsertsModified: modification.upsert = false
        case .keepsModifiedAway:
            if case .delete = modification.change {
                modification.change = .update([.unset("nothing")])
            }
        default: break
        }
        return try await base.modify(modification, in: name(collection))
    }

    /// How many documents match, with the defect.
    public func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int {
        do throws(StorageError) {
            return try await base.count(defect.changed(filter), in: name(collection))
        } catch {
            guard isSwallowed(error) else { throw error }
            return 0
        }
    }

    /// About how many documents there are, with the defect.
    public func estimatedCount(of collection: String) async throws(StorageError) -> Int {
        if defect == .neverEstimates { return 0 }
        return try await base.estimatedCount(of: name(collection))
    }

    /// The different values at a path, with the defect.
    public func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue] {
        let values = try await base.distinct(
            path, where: defect.changed(filter), in: name(collection))
        return defect == .repeatsDistinct ? values + values.prefix(1) : values
    }

    /// Removes a collection, with the defect.
    public func drop(_ collection: String) async throws(StorageError) {
        if defect == .keepsDropped { return }
        try await base.drop(name(collection))
    }

    /// Closes the store, with the defect.
    public func close() async { if defect != .staysOpen { await base.close() } }
}

/// The documents that a sequence gave the first time.
private final class BrokenDocumentMemory<Entity: Sendable>: Sendable {
    let entities = Mutex<[Entity]?>(nil)
}

/// Documents with a defect: all of them in one batch, one by one from the sound sequence.
private final class BrokenDocumentSource<Entity: Sendable>: ResultSource {
    private let sound: ResultSequence<Entity>
    private let defect: DocumentDefect
    private let memory: BrokenDocumentMemory<Entity>
    private let isOver: Atomic<Bool>

    init(
        _ sound: ResultSequence<Entity>, _ defect: DocumentDefect,
        _ memory: BrokenDocumentMemory<Entity>, isTired: Bool
    ) {
        self.sound = sound
        self.defect = defect
        self.memory = memory
        isOver = Atomic(isTired)
    }

    func nextBatch() async throws(StorageError) -> [Entity] {
        if isOver.exchange(true, ordering: .relaxed) { return [] }
        if defect == .remembersSequence, let held = memory.entities.withLock(\.self) { return held }
        var entities: [Entity] = []
        var iterator = sound.makeAsyncIterator()
        do throws(StorageError) {
            while let entity = try await iterator.next() { entities.append(defect.shown(entity)) }
        } catch {
            guard conceals(error) else { throw error }
        }
        memory.entities.withLock { [entities] in $0 = entities }
        return Array(entities.dropFirst(defect == .skipsFirst ? 1 : 0))
    }

    private func conceals(_ error: StorageError) -> Bool {
        switch defect {
        case .skipsUndecodable: error.code == .decodingFailed
        case .findsNoneForArrays, .findsNoneForBadQuery: error.code == .invalidArgument
        default: false
        }
    }

    func close() {}
}
