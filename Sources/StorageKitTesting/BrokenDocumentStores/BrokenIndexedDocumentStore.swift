public import StorageKit
import Synchronization

/// A store of indexes and plans with a defect, over a sound one.
public final class BrokenIndexedDocumentStore<
    Base: IndexedDocumentStore & ExplainingDocumentStore
>: DocumentWrapper {
    /// The sound one.
    public let base: Base
    let defect: DocumentIndexDefect
    /// The collections that indexes were made of.
    let indexed = Mutex<[String: [DocumentIndex]]>([:])

    /// Breaks a store.
    public init(_ base: Base, _ defect: DocumentIndexDefect) {
        self.base = base
        self.defect = defect
    }

    /// Carries out writes, with the defect.
    public func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult {
        var result = try await base.write(writes, to: collection, isOrdered: isOrdered)
        if defect == .swallowsParallelArrays {
            result.errors = result.errors.filter { $1.code != .constraintViolation }
        }
        if defect == .concealsConstraint {
            result.errors = result.errors.mapValues { error in
                StorageError(code: error.code, message: error.message)
            }
        }
        return result
    }

    /// The documents that a query finds, with the defect.
    public func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity> {
        var query = query
        let isIndexed = indexed.withLock { $0[collection] != nil }
        if defect == .looksForWholeValues, isIndexed { query.filter = query.filter.ofWholeValues }
        return base.find(query, in: collection, as: type)
    }

    /// Removes a collection, with the defect.
    public func drop(_ collection: String) async throws(StorageError) {
        let indexes = try await base.indexes(of: collection)
        try await base.drop(collection)
        if defect == .keepsIndexes { try await base.createIndexes(indexes, on: collection) }
    }
}

extension DocumentFilter {
    /// The filter without a look into arrays.
    fileprivate var ofWholeValues: DocumentFilter {
        switch self {
        case .field(let path, let predicate):
            .field(path, .both([predicate, .not(.someValue([predicate]))]))
        case .every(let filters): .every(filters.map(\.ofWholeValues))
        case .either(let filters): .either(filters.map(\.ofWholeValues))
        case .neither: self
        }
    }
}
