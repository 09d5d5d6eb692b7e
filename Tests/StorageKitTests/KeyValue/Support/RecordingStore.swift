import StorageKit
import Synchronization

/// A store without contents: it remembers what it was asked and answers what the test says.
final class RecordingStore: ExpiringKeyValueStore, ConditionalWriteStore, AtomicCounterStore,
    HashStore, SortedSetStore, ListStore, SetStore
{
    typealias Answer =
        @Sendable (_ number: Int, KeyValueOperation) throws(StorageError) -> KeyValueReply

    let limits: KeyValueLimits

    private let asked = Mutex<[KeyValueOperation]>([])
    private let answer: Answer

    /// - Parameter answer: The reply to an operation and its number, counted from 0.
    init(limits: KeyValueLimits = KeyValueLimits(), answer: @escaping Answer) {
        self.limits = limits
        self.answer = answer
    }

    /// Answers everything with the same.
    convenience init(_ reply: KeyValueReply) {
        self.init { (_, _) throws(StorageError) in reply }
    }

    /// What has reached the store, in this order.
    var operations: [KeyValueOperation] { asked.withLock { $0 } }

    func perform<Output>(
        _ command: KeyValueCommand<RecordingStore, Output>
    ) async throws(StorageError) -> Output {
        try command.output(of: try reply(to: command.operation))
    }

    private func reply(to operation: KeyValueOperation) throws(StorageError) -> KeyValueReply {
        let number = asked.withLock { asked in
            asked.append(operation)
            return asked.count - 1
        }
        return try answer(number, operation)
    }

    private func results(
        for batch: KeyValueBatch<RecordingStore>
    ) -> [Result<KeyValueReply, StorageError>] {
        batch.operations.map { operation in
            Result { () throws(StorageError) in try reply(to: operation) }
        }
    }
}

extension RecordingStore: PipelinedStore, AtomicBatchStore {
    func replies(
        to pipeline: KeyValueBatch<RecordingStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        results(for: pipeline)
    }

    func atomicReplies(
        to batch: KeyValueBatch<RecordingStore>
    ) async throws(StorageError) -> [Result<KeyValueReply, StorageError>] {
        results(for: batch)
    }
}
