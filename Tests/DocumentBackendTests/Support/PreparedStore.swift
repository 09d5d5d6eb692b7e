import StorageKit
import Synchronization

/// A store that gives a collection indexes and a schema before its first write.
final class PreparedStore<Base: IndexedDocumentStore & ValidatingDocumentStore>: DocumentWrapper {
    let base: Base
    private let indexes: [DocumentIndex]
    private let validation: DocumentValidation?
    private let isPrepared = Mutex<Set<String>>([])

    init(_ base: Base, _ indexes: [DocumentIndex], _ validation: DocumentValidation?) {
        self.base = base
        self.indexes = indexes
        self.validation = validation
    }

    private func prepare(_ collection: String) async throws(StorageError) {
        guard isPrepared.withLock({ $0.insert(collection).inserted }) else { return }
        try await base.createIndexes(indexes, on: collection)
        try await base.setValidation(validation, of: collection)
    }

    func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        try await prepare(collection)
        return try await base.write(writes, to: collection, isOrdered: isOrdered)
    }

    func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity? {
        try await prepare(collection)
        return try await base.modify(modification, in: collection)
    }

    func drop(_ collection: String) async throws(StorageError) {
        isPrepared.withLock { _ = $0.remove(collection) }
        try await base.drop(collection)
    }
}
