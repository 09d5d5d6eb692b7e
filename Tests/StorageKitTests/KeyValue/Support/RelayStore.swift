import StorageKit

/// A wrapper that does nothing.
struct RelayStore<Base: KeyValueStore>: KeyValueWrapper {
    let base: Base

    init(_ base: Base) { self.base = base }

    func wrapping(_ base: Base) -> RelayStore { RelayStore(base) }

    func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output {
        try await base.perform(command.forwarded())
    }
}

extension RelayStore: AtomicCounterStore where Base: AtomicCounterStore {}

extension RelayStore: PipelinedStore where Base: PipelinedStore {
    func replies(
        to pipeline: KeyValueBatch<Self>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try await base.replies(to: pipeline.forwarded())
    }
}
