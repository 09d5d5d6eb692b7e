public import StorageKit

extension InMemoryKeyValueStore: PipelinedStore {
    /// Does the commands of a batch in their order, each a step of its own.
    public func replies(
        to pipeline: KeyValueBatch<InMemoryKeyValueStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try check(pipeline, "pipeline")
        return pipeline.operations.map { operation in
            Result { () throws(StorageError) in try reply(to: operation) }
        }
    }
}

extension InMemoryKeyValueStore: AtomicBatchStore {
    /// Does the commands of a batch as one step; those who wait for lists are served after it.
    ///
    /// It locks the stripes of all keys, of the whole store when there is a scan of keys.
    public func atomicReplies(
        to batch: KeyValueBatch<InMemoryKeyValueStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try check(batch, "atomically")
        let keys = batch.operations.flatMap(\.keys).map(HashedKey.init)
        let replies = withStripes(of: keys, all: batch.operations.contains(where: \.isScan)) {
            locked in
            batch.operations.map { locked.perform($0) }
        }
        return replies.map { $0.mapError { $0.adding(store: Self.name) } }
    }
}

extension InMemoryKeyValueStore {
    private func check(
        _ batch: KeyValueBatch<InMemoryKeyValueStore>, _ operation: String
    ) throws(StorageError) {
        try checkCancellation(operation)
        do throws(StorageError) {
            try batch.check(against: limits)
        } catch {
            throw error.adding(operation: operation, store: Self.name)
        }
    }
}
