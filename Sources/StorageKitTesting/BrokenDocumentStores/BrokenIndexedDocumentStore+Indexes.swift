public import StorageKit
import Synchronization

extension BrokenIndexedDocumentStore: IndexedDocumentStore {
    /// The indexes of a collection, with the defect.
    public func indexes(of collection: String) async throws(StorageError) -> [DocumentIndex] {
        let indexes = try await base.indexes(of: collection)
        return defect == .seesNoIndexes ? [] : indexes
    }

    /// Makes indexes, with the defect.
    public func createIndexes(
        _ indexes: [DocumentIndex], on collection: String
    ) async throws(StorageError) {
        do throws(StorageError) {
            if defect == .wantsNewIndexes {
                let there = try await base.indexes(of: collection)
                guard !indexes.contains(where: there.contains) else {
                    throw StorageError(code: .alreadyExists, message: "broken")
                }
            }
            let changed = indexes.map(defect.changed)
            if defect == .replacesIndexes { try await makeWay(for: changed, on: collection) }
            if defect == .makesOneByOne {
                for index in changed { try await base.createIndexes([index], on: collection) }
            } else {
                try await base.createIndexes(changed, on: collection)
            }
            indexed.withLock { $0[collection, default: []] += indexes }
        } catch {
            let isSwallowed =
                defect == .acceptsEveryIndex && error.code == .invalidArgument
                || defect == .swallowsParallelArrays && error.code == .constraintViolation
            guard isSwallowed else { throw error }
        }
    }

    /// Removes an index, with the defect.
    public func dropIndex(
        named name: String, on collection: String
    ) async throws(StorageError) {
        if defect == .neverDropsIndexes { return }
        do throws(StorageError) {
            try await base.dropIndex(named: name, on: collection)
        } catch {
            guard defect == .dropsWhatIsNotThere, error.code == .notFound else { throw error }
        }
    }

    private func makeWay(
        for wanted: [DocumentIndex], on collection: String
    ) async throws(StorageError) {
        for index in try await base.indexes(of: collection)
        where wanted.contains(where: { index.isInTheWay(of: $0) }) {
            try await base.dropIndex(named: index.name, on: collection)
        }
    }
}

extension BrokenIndexedDocumentStore: ExplainingDocumentStore {
    /// How the store would find documents, with the defect.
    public func explain(
        _ query: DocumentQuery, in collection: String
    ) async throws(StorageError) -> DocumentPlan {
        var query = query
        if defect == .plansFirstAlternative, case .either(let filters) = query.filter {
            query.filter = filters[0]
        }
        if defect == .plansAnything {
            return DocumentPlan(
                steps: [], scansCollection: false, indexes: [], sortsInMemory: false)
        }
        let plan = try await base.explain(query, in: collection)
        return DocumentPlan(
            steps: plan.steps,
            scansCollection: defect == .neverScans ? false : plan.scansCollection,
            indexes: defect == .concealsIndexes ? [] : plan.indexes,
            sortsInMemory: defect == .concealsSorting ? false : plan.sortsInMemory)
    }
}

extension DocumentIndexDefect {
    /// What becomes of an index on its way to the store.
    fileprivate func changed(_ index: DocumentIndex) -> DocumentIndex {
        var (keys, name, isUnique) = (index.keys, index.name, index.isUnique)
        var (filter, expireAfter) = (index.partialFilter, index.expireAfter)
        switch self {
        case .forgetsExpiry: expireAfter = nil
        case .forgetsPartialFilter: filter = nil
        case .wantsAllUnique: filter = isUnique ? nil : filter
        case .namesByFirstField: name = keys.first?.path.text ?? ""
        case .forgetsUniqueness: isUnique = false
        case .leavesMissingOut where isUnique && filter == nil && !keys.isEmpty:
            filter = .field(keys[0].path, .type([.int64]))
        case .indexesFirstElement where !index.isText:
            keys = keys.map { .ordered(DocumentOrder($0.path.appending("0"))) }
        case .wantsFirstUnique where isUnique: keys = [keys[0]]
        default: break
        }
        return DocumentIndex(
            keys: keys, name: name, isUnique: isUnique, where: filter, expireAfter: expireAfter)
    }
}
