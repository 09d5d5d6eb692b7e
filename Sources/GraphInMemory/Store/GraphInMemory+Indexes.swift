public import StorageKit

extension GraphInMemory: IndexedGraphStore {
    /// The indexes, in the order in which they were made.
    public func indexes() async throws(StorageError) -> [GraphIndex] {
        guard !Task.isCancelled else { throw .cancelled() }
        return try commits.published().state.indexes.definitions
    }

    /// Makes indexes, all or none; one that is there as it should be stays.
    ///
    /// O(n log n) for each. Other writers wait meanwhile, readers do not.
    public func createIndexes(_ indexes: [GraphIndex]) async throws(StorageError) {
        try await writing { draft throws(StorageError) in try draft.createIndexes(indexes) }
    }

    /// Removes an index, and the constraint with it.
    public func dropIndex(_ index: GraphIndex) async throws(StorageError) {
        try await writing { draft throws(StorageError) in try draft.dropIndex(index) }
    }
}
