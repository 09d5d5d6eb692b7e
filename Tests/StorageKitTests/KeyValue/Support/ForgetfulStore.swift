import StorageKit

/// A store whose batches come back with this many replies, however many commands there were.
struct ForgetfulStore: PipelinedStore, AtomicBatchStore {
    let replyCount: Int

    var limits: KeyValueLimits { KeyValueLimits() }

    func perform<Output>(
        _ command: KeyValueCommand<ForgetfulStore, Output>
    ) async throws(StorageError) -> Output {
        try command.output(of: .value(nil))
    }

    func replies(
        to pipeline: KeyValueBatch<ForgetfulStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        Array(repeating: .success(.value("here")), count: replyCount)
    }

    func atomicReplies(
        to batch: KeyValueBatch<ForgetfulStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        try await replies(to: batch)
    }
}
